/** Lint rules: type-aware TypeScript checks, the one-way rule between rooms, and the house's own prohibitions. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import boundaries from 'eslint-plugin-boundaries';
import hooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What each room of `src` may import, as README's picture shows it. */
const ROOMS = {
  facts: [],
  metrics: ['facts'],
  concurrency: [],
  runtime: ['facts', 'storage'],
  bitbucket: ['facts', 'concurrency'],
  storage: ['facts', 'concurrency'],
  sync: ['facts', 'metrics', 'bitbucket', 'storage', 'concurrency', 'runtime'],
  events: ['facts', 'bitbucket', 'storage', 'sync', 'runtime'],
  views: ['facts', 'metrics', 'concurrency', 'bitbucket', 'storage', 'sync', 'runtime'],
};

function policy(room, allowed) {
  return {
    from: { element: { type: room } },
    allow: { to: { element: { type: allowed } } },
  };
}

export default typescript.config(
  {
    basePath: root,
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'local/forge-tools/',
      'artifacts/',
      '.throughline/',
      'coverage/',
    ],
  },
  {
    basePath: root,
    files: ['**/*.{ts,tsx}'],
    extends: [...typescript.configs.strictTypeChecked, ...typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Handlers of one family share a signature; the unused parameters are named with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
        {
          selector:
            "CallExpression[callee.object.name='jest'][callee.property.name='mock'] Literal[value=/^@forge/]",
          message: 'The local host runs the real SDKs; no @forge module is mocked.',
        },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
    },
  },
  {
    basePath: root,
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': root,
      'boundaries/elements': [
        ...Object.keys(ROOMS).map((room) => ({ type: room, pattern: `src/${room}/**` })),
      ],
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
    },
    rules: {
      'no-console': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [...Object.entries(ROOMS).map(([room, others]) => policy(room, [room, ...others]))],
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@forge/storage', message: 'Use src/storage.' },
            { name: '@forge/ui', message: 'UI Kit 1 is retired.' },
          ],
        },
      ],
    },
  },
  {
    basePath: root,
    files: ['src/**/*.ts'],
    ignores: ['src/storage/**', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: '@forge/kvs', message: 'Only src/storage speaks to Forge storage.' }] },
      ],
    },
  },
  {
    basePath: root,
    files: ['src/{facts,metrics}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'process'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
      ],
    },
  },
  { basePath: root, files: ['src/runtime/log.ts'], rules: { 'no-console': 'off' } },
  { basePath: root, files: ['static/**/*.{ts,tsx}'], ...hooks.configs.flat.recommended },
  {
    basePath: root,
    files: ['**/*.test.{ts,tsx}', 'test/**/*.ts'],
    // Assertions on unknown answers read better without a schema for each.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
