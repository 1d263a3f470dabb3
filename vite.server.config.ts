import { defineConfig } from 'vite';

/** The server, and what looks after its folder: our own code, packages stay in node_modules (docs/decisions/0004-bundled-server.md). */
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
  ssr: { target: 'node', noExternal: [], external: true },
});
