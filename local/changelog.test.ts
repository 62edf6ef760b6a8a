/** The command as its user runs it, in a checkout of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const project = path.resolve(__dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-changelog-'));
  cpSync(path.join(project, 'manifest.yml'), path.join(folder, 'manifest.yml'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version: '0.1.0' }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  const settings = [
    'user.name=nobody',
    'user.email=nobody@example.org',
    'commit.gpgsign=false',
    'tag.gpgsign=false',
  ];
  execFileSync('git', [...settings.flatMap((each) => ['-c', each]), ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
}

function commit(message: string): void {
  git('add', '.');
  git('commit', '--allow-empty', '-m', message);
}

function run(environment: NodeJS.ProcessEnv = process.env): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', require.resolve('tsx'), path.join(project, 'local/changelog.ts')],
    { cwd: folder, env: environment, encoding: 'utf8' },
  );
  return { status, output: `${stdout}${stderr}` };
}

it('writes the same file twice, and names the first version, the next, and why it is a major one', () => {
  git('init');
  commit('feat: the first');
  expect(run()).toEqual({
    status: 0,
    output: 'Wrote CHANGELOG.md. No version is tagged yet; the first is 0.1.0.\n',
  });
  const written = readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf8');
  expect(written).toMatch(/## 0\.1\.0, not released yet\n\n### Added\n\n- the first \([0-9a-f]{7}\)\n$/);
  run();
  expect(readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf8')).toBe(written);

  git('tag', 'v0.1.0');
  commit('fix: the second');
  expect(run().output).toBe('Wrote CHANGELOG.md. After 0.1.0 comes 0.1.1.\n');

  const manifest = readFileSync(path.join(folder, 'manifest.yml'), 'utf8');
  writeFileSync(
    path.join(folder, 'manifest.yml'),
    manifest.replace('  scopes:\n', '  scopes:\n    - read:user:bitbucket\n'),
  );
  expect(run().output).toBe(
    'Wrote CHANGELOG.md. After 0.1.0 comes 1.0.0.\n' +
      'It must be a major version, and every admin is asked again: the scope read:user:bitbucket is new.\n',
  );
});

it.each([
  ['in a folder that is no checkout', { ...process.env, GIT_CEILING_DIRECTORIES: os.tmpdir() }],
  ['without git', { ...process.env, PATH: '' }],
])('says what to do %s, and writes nothing', (_, environment) => {
  const { status, output } = run(environment);
  expect({ status, output }).toEqual({
    status: 2,
    output:
      'The changelog is made from git’s log, and git does not answer here. Install git, and run this in a checkout.\n',
  });
  expect(() => readFileSync(path.join(folder, 'CHANGELOG.md'))).toThrow('ENOENT');
});
