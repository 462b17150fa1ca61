import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import yazl from 'yazl';

/** One file inside an archive: a file on disk, bytes, or a text made while it is packed. */
export type ZipEntry = { readonly name: string } & (
  { readonly path: string } | { readonly bytes: Uint8Array } | { readonly text: () => AsyncIterable<string> }
);

/** Packs entries in their order. All carry the day as their time, so that equal content gives equal bytes. */
export async function writeZip(path: string, day: string, entries: readonly ZipEntry[]): Promise<void> {
  const zip = new yazl.ZipFile();
  // MS-DOS times have no zone: the day itself, wherever the server stands.
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const options = { mtime: new Date(year, month - 1, date), mode: 0o100644, forceDosTimestamp: true };
  const output = zip.outputStream as Readable;
  // A source that fails must end the archive as well, or nobody would ever hear of it.
  zip.on('error', error => output.destroy(error));
  const packed = pipeline(output, createWriteStream(path));
  for (const entry of entries) {
    if ('path' in entry) zip.addFile(entry.path, entry.name, options);
    else if ('bytes' in entry) zip.addBuffer(Buffer.from(entry.bytes), entry.name, options);
    else
      zip.addReadStreamLazy(entry.name, options, give => {
        // The packer listens to no source for faults, and one that nobody hears ends the process.
        give(
          null,
          Readable.from(inChunks(entry.text())).on('error', error => output.destroy(error)),
        );
      });
  }
  zip.end();
  await packed;
}

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 1 << 16) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting, 'utf8');
}
