import { defineConfig } from 'vite';

/**
 * `regreen zonal` is called in loops, and a fresh process spent more time on finding and loading ninety files than on a thousand zones: the command
 * and its thread are put together into a few, in the place of those that the compiler has made. Run after it.
 */
const ENTRIES = ['server/exchange/zonal.command', 'server/exchange/zonal/zonal.thread'];

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(ENTRIES.map(entry => [entry, `${entry}.ts`])),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'server/exchange/zonal/parts/[name].js',
        // What `const` holds is known to the engine where code is optimised: loops over typed arrays that stand in a module take half the time.
        topLevelVar: false,
      },
    },
  },
  // Small, pure and always or often needed. What brings files of its own (SQLite) or is rarely needed (geotiff.js) is loaded as it is.
  ssr: { noExternal: ['proj4', 'wkt-parser', 'mgrs', 'flatgeobuf', 'flatbuffers'] },
});
