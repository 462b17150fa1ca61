import { expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.ts';

it('what went in comes out, whatever its length and its letters', async () => {
  const written: Buffer[] = [];
  const lines = new LineBuffer(async bytes => void written.push(Buffer.from(bytes)));
  const texts = Array.from({ length: 40 }, (_, i) => `${i},${'复绿x\u{1F331}'.repeat((i * 997) % 5000)}\n`);
  texts.push('y'.repeat(400_000), '');
  for (const text of texts) {
    lines.add(text);
    if (lines.isFull) await lines.flush();
  }
  await lines.flush();
  await lines.flush();
  expect(Buffer.concat(written).toString()).toBe(texts.join(''));
  expect(written.length).toBeGreaterThan(5);
  expect(written.every(({ length }) => length > 0)).toBe(true);
});
