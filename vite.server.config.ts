import { defineConfig } from 'vite';

/** The server: our own code in one file, packages stay in node_modules (docs/decisions/0004-bundled-server.md). */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/server/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
  },
  ssr: { target: 'node', noExternal: [], external: true },
});
