import { expect, it } from 'vitest';
import { UploadDigest } from './upload-digest.ts';

const digestOf = (boundary: string, bytes: Buffer, pieceBytes: number): string => {
  const digest = new UploadDigest(`multipart/form-data; boundary=${boundary}`);
  for (let at = 0; at < bytes.length; at += pieceBytes) digest.update(bytes.subarray(at, at + pieceBytes));
  return digest.digest();
};
const bodyOf = (boundary: string, content: string): Buffer =>
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${content}\r\n--${boundary}--\r\n`,
  );

it('is of the parts alone, however the body is cut on its way', () => {
  const [a, b] = ['----one-1234', 'another.boundary_of-other.length'];
  const expected = digestOf(a, bodyOf(a, 'x--x----one'), 1 << 20);
  for (const pieceBytes of [1, 2, 7, 64])
    for (const boundary of [a, b])
      expect(digestOf(boundary, bodyOf(boundary, 'x--x----one'), pieceBytes)).toBe(expected);
  expect(digestOf(a, bodyOf(a, 'x--x----onf'), 7)).not.toBe(expected);
});
