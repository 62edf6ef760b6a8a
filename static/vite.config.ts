/** Builds the Custom UI: one bundle for all modules, no inline script or style, every address relative. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';
import { getThemeStyles } from '@atlaskit/tokens/get-theme-styles';
import { defineConfig, type Plugin } from 'vite';

const TOKENS = 'virtual:tokens.css';
const FEATURE_GATES = '@atlaskit/feature-gate-js-client/feature-gates';

// A test run has set it to `test`, for which React would come with its development build, twice the size.
process.env.NODE_ENV = 'production';

// Atlassian's own switches for its own products: without an answer, each build would print a warning.
setBooleanFeatureFlagResolver(() => false);

/**
 * Atlassian's design tokens as a plain style sheet. Setting them at run time would inject a style element, which
 * Forge's default policy forbids; as a file they need no exception.
 */
function designTokens(): Plugin {
  return {
    name: 'design-tokens',
    resolveId: (id) => (id === TOKENS ? `\0${TOKENS}` : null),
    load: async (id) => {
      if (id !== `\0${TOKENS}`) return null;
      const themes = await getThemeStyles('all');
      const used = new Set(['light', 'dark', 'spacing', 'typography', 'shape']);
      return themes
        .filter((theme) => used.has(theme.id))
        .map((theme) => theme.css)
        .join('\n');
    },
  };
}

/**
 * The same switches in the browser: Atlaskit's buttons and tabs bring a client for the service that Atlassian keeps them
 * in, 31 kB gzip. Nobody starts that client here, so that it answers this to whatever is asked.
 */
function featureGates(): Plugin {
  return {
    name: 'feature-gates',
    enforce: 'pre',
    resolveId: (id) => (id === FEATURE_GATES ? `\0${FEATURE_GATES}` : null),
    load: (id) =>
      id === `\0${FEATURE_GATES}`
        ? 'export default { checkGate: () => false, getExperimentValue: (name, parameter, otherwise) => otherwise };'
        : null,
  };
}

export default defineConfig({
  root: path.resolve(__dirname),
  base: './',
  plugins: [react(), designTokens(), featureGates()],
  build: {
    outDir: path.resolve(__dirname, 'dist'),
    emptyOutDir: true,
    // A data address would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
