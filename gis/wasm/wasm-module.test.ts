import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const compiler = join(createRequire(import.meta.url).resolve('assemblyscript/package.json'), '../bin/asc.js');
const options = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--initialMemory', '384'];

/** After a change of the source `npm run build:wasm` writes the module anew. */
it('the compiled module is what its source compiles to, byte for byte', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-'));
  try {
    const target = join(folder, 'module.wasm');
    const source = join(import.meta.dirname, 'assembly/index.ts');
    execFileSync(process.execPath, [compiler, source, '--outFile', target, ...options], { timeout: 120_000 });
    const base64 = readFileSync(target).toString('base64');
    const text = `/** \`assembly/\` compiled to WebAssembly, in base64; made by \`npm run build:wasm\`. */\nexport const WASM_MODULE =\n  '${base64}';\n`;
    await expect(text).toMatchFileSnapshot('./wasm-module.ts');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
