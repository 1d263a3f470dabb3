import { defineConfig } from 'vite';

/**
 * The server, and what looks after its folder: our own code and, of packages, those a start loads in many files or in more than it uses. All others
 * stay in node_modules (docs/decisions/0004-bundled-server.md).
 */
const BUNDLED = [
  ...['zod', 'hono', '@hono/node-server', 'diff', 'fflate', 'eventsource-parser'],
  // With what they need, since a package of a package is not found from here.
  ...[/^@ai-sdk\//, /^@workflow\//],
];

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'src/server/main.ts',
        bough: 'src/command/main.ts',
        probe: 'src/server/maintenance/probe.ts',
        'find-worker': 'src/server/word-index/find-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { target: 'node', noExternal: BUNDLED, external: true },
});
