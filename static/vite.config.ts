/** Builds the Custom UI: one bundle for all modules, no inline script or style, every address relative. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';
import { getThemeStyles } from '@atlaskit/tokens/get-theme-styles';
import { defineConfig, type Plugin } from 'vite';

const TOKENS = 'virtual:tokens.css';

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

export default defineConfig({
  root: path.resolve(__dirname),
  base: './',
  plugins: [react(), designTokens()],
  build: {
    outDir: path.resolve(__dirname, 'dist'),
    emptyOutDir: true,
    // A data address would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
