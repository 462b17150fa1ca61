import iconv from 'iconv-lite';
import type { Finding } from '../../diagnosis/finding.ts';
import { UnreadableFile } from '../unreadable-file.ts';

export interface DecodedText {
  readonly text: string;
  /** As people call it: UTF-8, UTF-16LE, UTF-16BE, GBK, GB18030 or the name that was asked for. */
  readonly encoding: string;
}

/**
 * Text of unknown encoding, as survey offices write it: a byte order mark, else UTF-8 if it is that throughout, else GB18030, which
 * holds GBK. Lines of both are told apart one by one, with a finding.
 * @throws UnreadableFile `not-text`, `encoding-unknown`
 */
export function decodeText(given: Buffer, asked?: string, report?: (finding: Finding) => void): DecodedText {
  const bytes = withoutFalseMark(given, report);
  if (asked !== undefined) {
    if (!iconv.encodingExists(asked)) throw new UnreadableFile('encoding-unknown', { encoding: asked });
    const text = iconv.decode(bytes, asked);
    if (text.includes('\uFFFD')) report?.(damaged(asked));
    return { text, encoding: asked };
  }
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return { text: iconv.decode(bytes, marked), encoding: marked };
  if (looksBinary(withoutFilling(bytes))) throw new UnreadableFile('not-text');
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), encoding: 'UTF-8' };
  const mixed = decodeLines(bytes);
  if (mixed.utf8Line !== undefined) {
    report?.({
      code: 'encoding-mixed',
      severity: 'warning',
      params: { utf8Line: mixed.utf8Line, gbLine: mixed.gbLine },
    });
    if (mixed.text.includes('\uFFFD')) report?.(damaged('GB18030'));
    return { text: mixed.text, encoding: 'GB18030' };
  }
  const text = iconv.decode(bytes, 'gb18030');
  if (text.includes('\uFFFD')) report?.(damaged('GB18030'));
  return { text, encoding: isGbk(bytes) ? 'GBK' : 'GB18030' };
}

/** Characters that no letter stands for any more; another encoding may still read them. */
const damaged = (encoding: string): Finding => ({
  code: 'encoding-damaged',
  severity: 'warning',
  params: { encoding },
  choices: ['UTF-8', 'GB18030', 'Big5']
    .filter(other => other !== encoding)
    .map(other => ({ code: 'use-encoding', params: { encoding: other }, fixes: { encoding: other } })),
});

const UTF8_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Some programs put the mark of UTF-8 before text in GBK. */
function withoutFalseMark(bytes: Buffer, report?: (finding: Finding) => void): Buffer {
  if (!bytes.subarray(0, 3).equals(UTF8_MARK) || isUtf8(bytes)) return bytes;
  report?.({ code: 'encoding-mark-wrong', severity: 'warning' });
  return bytes.subarray(3);
}

/** A copy that was cut short is filled up with zeros: they are no sign of anything else than text. */
function withoutFilling(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

function markedEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'UTF-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16BE';
  // Without a mark: every other byte of plain text is zero.
  const head = bytes.subarray(0, 200);
  if (head.length < 4) return undefined;
  const [even, odd] = countZeros(head);
  if (odd > head.length / 5 && even === 0) return 'UTF-16LE';
  return even > head.length / 5 && odd === 0 ? 'UTF-16BE' : undefined;
}

function countZeros(head: Buffer): [number, number] {
  const zeros: [number, number] = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2 === 0 ? 0 : 1]++;
  return zeros;
}

function looksBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4096);
  let controls = 0;
  for (const byte of head)
    if (byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26)) controls++;
  return controls > head.length / 200;
}

/** Whether the beginning of a file is UTF-8: it may end within a character. */
export function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

interface MixedText {
  readonly text: string;
  readonly utf8Line: number | undefined;
  readonly gbLine: number | undefined;
}

/** Line by line: the first line that is UTF-8 beyond ASCII, and the first that is not, where both exist. */
function decodeLines(bytes: Buffer): MixedText {
  const lines: string[] = [];
  let utf8Line: number | undefined;
  let gbLine: number | undefined;
  for (let from = 0; from <= bytes.length;) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    const number = lines.length + 1;
    const fields = isChineseUtf8(line) ? [line] : fieldsOf(line);
    lines.push(
      fields
        .map(field => {
          if (field.every(byte => byte < 128)) return field.toString('latin1');
          const isUtf = isChineseUtf8(field);
          if (isUtf) utf8Line ??= number;
          else gbLine ??= number;
          return isUtf ? field.toString('utf8') : iconv.decode(field, 'gb18030');
        })
        .join(','),
    );
    if (end < 0) break;
    from = end + 1;
  }
  return { text: lines.join('\n'), utf8Line, gbLine };
}

/** Two-byte Chinese is now and then valid UTF-8 by chance; three bytes a character are not. */
const isChineseUtf8 = (bytes: Buffer): boolean =>
  isUtf8(bytes) && /[\u3000-\u9fff\uff00-\uffef]/.test(bytes.toString('utf8'));

/** What stands between commas: no character of either encoding has their byte in it. */
function fieldsOf(line: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let from = 0; ;) {
    const end = line.indexOf(0x2c, from);
    fields.push(line.subarray(from, end < 0 ? line.length : end));
    if (end < 0) return fields;
    from = end + 1;
  }
}

/** No four-byte sequence: second bytes of GBK are 0x40 and above, those of a four-byte character are digits. */
function isGbk(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) < 0x81) continue;
    const second = bytes[i + 1];
    if (second !== undefined && second >= 0x30 && second <= 0x39) return false;
    i++;
  }
  return true;
}
