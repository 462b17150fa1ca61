import { defineConfig } from 'vite';

/** Settings of the client's build. Only what a production installation has is imported here: the first start builds. */
export default defineConfig({
  root: 'client',
  publicDir: 'public',
  worker: { format: 'es' },
  build: { outDir: '../dist/client', emptyOutDir: true },
});
