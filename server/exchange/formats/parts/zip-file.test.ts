import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeZip } from './zip-file.ts';

it.each([0, 100_000])('says of a text that breaks off after %i lines why, and ends nothing else', async lines => {
  const folder = await mkdtemp(join(tmpdir(), 'regreen-zip-test-'));
  async function* broken(): AsyncGenerator<string> {
    for (let i = 0; i < lines; i++) yield `line ${i}\n`;
    await Promise.reject(new Error('nobody is left to read it'));
  }
  const entries = [
    { name: 'a.txt', bytes: Buffer.from('whole') },
    { name: 'b.txt', text: broken },
    { name: 'c.txt', text: broken },
  ];
  await expect(writeZip(join(folder, 'a.zip'), '2026-05-31', entries)).rejects.toThrow('nobody is left to read it');
  await rm(folder, { recursive: true });
});
