import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inputsHash } from './scripts/stamp.mjs';

// `npm run dev` (scripts/dev.mjs) tells where its server listens.
const api = process.env.BOUGH_DEV_API ?? 'http://127.0.0.1:4400';
// The server answers only to its own name and its own page: both headers become its own.
const proxied = { target: api, changeOrigin: true, headers: { origin: api } };

const DRAWS_CONVERSATIONS =
  /\/src\/ui\/((actions|app|components|stores)\/|features\/(thread|markdown|summary)\/|features\/previews\/[^/]+$)|\/node_modules\/(@tanstack|lucide-react)\//;

const AROUND_EVERY_PAGE =
  /\/src\/ui\/(app\/(translation|keep-page|connection-banner)\.|components\/layers\/toaster\.|features\/conversations\/(list-area|list-menu|sidebar-tools|rename-field|strings-filing)\.)/;

// What it reads files with in Node, where a browser never gets: no warning at somebody's first start.
const NODE_OF_LIBHEIF = /externalized for browser compatibility, imported by ".*[\\/]libheif-js[\\/]/;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Names the worker that the tabs of one build share.
  define: { __BOUGH_BUILD__: JSON.stringify(inputsHash().slice(0, 12)) },
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // The page's policy has no fonts or scripts from data: addresses, so assets stay files.
    assetsInlineLimit: 0,
    // Every browser of the target knows it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A file that is imported at once and later is not loaded later: who means later imports its folder's door (later.ts).
      onLog: (level, log, handler) => {
        if (log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message);
        if (!NODE_OF_LIBHEIF.test(log.message)) handler(level, log);
      },
      // What the first page needs is one file, however many later chunks share parts of it: a dozen small ones compress worse.
      output: {
        // A feature's door is called after the feature.
        chunkFileNames: ({ name, facadeModuleId }) =>
          `assets/${name === 'later' ? (facadeModuleId?.split('/').at(-2) ?? name) : name}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            // What reads a conversation comes by itself, so that its streams are asked for before the code that draws them is there.
            { name: 'opened', test: /\/src\/(client|protocol|tree)\//, priority: 1 },
            // What a conversation is drawn with, and nothing that only dialogs, the tree or formulas share: those come when they are opened.
            { name: 'shared', minShareCount: 2, test: DRAWS_CONVERSATIONS },
            // What stands around every page and is in no hurry: with the list it is one request, not nine.
            { name: 'frame', test: AROUND_EVERY_PAGE },
            // Around the message box: a request for each would cost more than all of them.
            { name: 'composing', test: /\/src\/ui\/features\/(composer|context|system-prompt)\// },
            // Loaded together after the first messages, so that each opens within the key press.
            { name: 'tools', test: /\/src\/ui\/features\/(tools|find|palette|compare)\// },
            // The outline and what it shares with the diagram, which a narrow window does not draw at first.
            {
              name: 'explorer',
              test: /\/src\/ui\/features\/explorer\/(later|scene|outline|shell\/(explorer|picked-bar|use-tree-menu))\b/,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': proxied, '/v1': proxied, '/frame': proxied },
  },
});
