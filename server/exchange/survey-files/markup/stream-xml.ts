import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import { FileWindow } from '../bytes/file-window.ts';
import { isUtf8Start } from '../bytes/decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';

export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>, depth: number): void;
  close?(name: string, depth: number): void;
  text?(text: string): void;
}

const CHUNK_BYTES = 1 << 16;
const MAX_DEPTH = 256;
/** Bytes by which the encoding is judged. */
const SAMPLE_BYTES = 1 << 16;
/** Longest text between two tags. */
const MAX_TEXT_BYTES = 24 * 1024 * 1024;

/**
 * Pushes an XML file through handlers; yields after every chunk so that the caller can take what has come together. Names come without
 * their prefix. Definitions of documents and entities are refused before they are read.
 * @throws UnreadableFile `xml-doctype`, `xml-too-deep`, `xml-broken`, `xml-text-too-long`
 */
export function* streamXml(path: string, handlers: XmlHandlers): Generator<void> {
  const file = new FileWindow(path);
  const parser = new SaxesParser({ position: true, fragment: false });
  let depth = 0;
  let sinceTag = 0;
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new UnreadableFile('xml-doctype');
  });
  parser.on('error', error => {
    throw new UnreadableFile('xml-broken', { line: parser.line, reason: error.message.slice(0, 120) });
  });
  parser.on('opentag', tag => {
    sinceTag = 0;
    if (++depth > MAX_DEPTH) throw new UnreadableFile('xml-too-deep', { limit: MAX_DEPTH });
    handlers.open?.(local(tag.name), tag.attributes as Record<string, string>, depth);
  });
  parser.on('closetag', tag => {
    sinceTag = 0;
    handlers.close?.(local(tag.name), depth);
    depth--;
  });
  const onText = (text: string): void => handlers.text?.(text);
  parser.on('text', onText);
  parser.on('cdata', onText);
  try {
    const decoder = iconv.getDecoder(encodingOf(file.read(0, SAMPLE_BYTES)));
    let tail = '';
    for (let at = 0; at < file.size; at += CHUNK_BYTES) {
      const text = decoder.write(file.read(at, CHUNK_BYTES));
      if (/<!(DOCTYPE|ENTITY)/i.test(tail + text)) throw new UnreadableFile('xml-doctype');
      tail = text.slice(-10);
      sinceTag += text.length;
      if (sinceTag > MAX_TEXT_BYTES) throw new UnreadableFile('xml-text-too-long');
      parser.write(text);
      yield;
    }
    parser.close();
    yield;
  } finally {
    file.close();
  }
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf16be';
  const declared = /encoding\s*=\s*["']([\w.-]+)["']/i.exec(head.toString('latin1', 0, 200))?.[1];
  if (declared !== undefined && iconv.encodingExists(declared) && !/^utf-?8$/i.test(declared)) return declared;
  // Chinese programs leave the declaration out, or copy it.
  return isUtf8Start(head) ? 'utf8' : 'gb18030';
}
