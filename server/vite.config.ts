import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/**
 * `regreen zonal` is called in loops, and a fresh process spent more time on finding and loading ninety files than on a thousand zones: the command
 * and its thread are put together into a few, in the place of those that the compiler has made. Run after it.
 */
const ENTRIES = ['server/exchange/zonal.command', 'server/exchange/zonal/zonal.thread'];

/** Half of all code, and of no use where zones lie in the raster's own system: it is loaded when it is first called. */
const proj4WhenCalled: Plugin = {
  name: 'proj4-when-called',
  enforce: 'pre',
  resolveId: id => (id === 'proj4' ? '\0proj4' : undefined),
  load: id => (id === '\0proj4' ? PROJ4_WHEN_CALLED : undefined),
};
const PROJ4_WHEN_CALLED = `
import { createRequire } from 'node:module';
let loaded;
const load = () => (loaded ??= createRequire(import.meta.url)('proj4'));
const proj4 = (...systems) => load()(...systems);
Object.defineProperty(proj4, 'Proj', { get: () => load().Proj });
export { proj4 as default };
`;

export default defineConfig({
  publicDir: false,
  plugins: [proj4WhenCalled],
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
  ssr: { noExternal: ['flatgeobuf', 'flatbuffers'] },
});
