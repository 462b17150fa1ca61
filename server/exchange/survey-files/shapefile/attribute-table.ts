import iconv from 'iconv-lite';
import type { Finding } from '../../diagnosis/finding.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue } from '../survey-file.ts';
import { isUtf8 } from '../bytes/decode-text.ts';

export interface AttributeTable {
  readonly encoding: string;
  readonly fields: readonly string[];
  readonly rowCount: number;
  row(index: number): Record<string, AttributeValue>;
  /** Marked as deleted: the record waits for the table to be packed. */
  isDeleted(index: number): boolean;
  close(): void;
}

/** `*` before a record. */
const DELETED = 0x2a;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly length: number;
}

/** Code pages by the language driver byte of dBASE, the ones met in the field. */
const DRIVERS: Readonly<Record<number, string>> = {
  0x4d: 'GBK',
  0x4f: 'Big5',
  0x13: 'Shift_JIS',
  0x7b: 'Shift_JIS',
  0x4e: 'EUC-KR',
  0xc9: 'windows-1251',
};
const SAMPLE_BYTES = 4 * 1024 * 1024;

/** A dBASE table; undefined, with a finding, where it cannot be read. `declared` is the text of the .cpg. */
export function openAttributeTable(
  path: string,
  declared: string | undefined,
  asked: string | undefined,
  report: (finding: Finding) => void,
): AttributeTable | undefined {
  const file = new FileWindow(path);
  const head = file.read(0, 32);
  const headBytes = head.length < 32 ? 0 : head.readUInt16LE(8);
  const rowBytes = head.length < 32 ? 0 : head.readUInt16LE(10);
  if (headBytes < 33 || rowBytes < 1 || headBytes > file.size) {
    report({ code: 'attributes-unreadable', severity: 'warning' });
    file.close();
    return undefined;
  }
  const driver = head[29] ?? 0;
  const rowCount = Math.min(head.readUInt32LE(4), Math.floor((file.size - headBytes) / rowBytes) + 1);
  const fieldBytes = Buffer.from(file.read(32, headBytes - 32));
  const encoding = chooseEncoding(file, headBytes, fieldBytes, driver, declared, asked, report);
  const fields = readFields(fieldBytes, encoding);
  return {
    encoding,
    fields: fields.map(field => field.name),
    rowCount,
    row(index) {
      if (index >= rowCount) return {};
      const bytes = file.read(headBytes + index * rowBytes, rowBytes);
      return Object.fromEntries(fields.map(field => [field.name, readValue(bytes, field, encoding)]));
    },
    isDeleted: index => index < rowCount && file.read(headBytes + index * rowBytes, rowBytes)[0] === DELETED,
    close: () => file.close(),
  };
}

function readFields(bytes: Buffer, encoding: string): Field[] {
  const fields: Field[] = [];
  const taken = new Set<string>();
  let at = 1;
  for (let i = 0; i + 32 <= bytes.length && bytes[i] !== 0x0d && fields.length < IMPORT_LIMITS.fields; i += 32) {
    const raw = bytes.subarray(i, i + 11);
    const end = raw.indexOf(0);
    const plain = iconv.decode(raw.subarray(0, end < 0 ? 11 : end), encoding).trim() || `F${fields.length + 1}`;
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`;
    taken.add(name);
    const length = bytes[i + 16] ?? 0;
    fields.push({ name, type: String.fromCharCode(bytes[i + 11] ?? 67), at, length });
    at += length;
  }
  return fields;
}

function readValue(row: Buffer, field: Field, encoding: string): AttributeValue {
  const raw = row.subarray(field.at, field.at + field.length);
  const text = iconv.decode(raw, encoding).replaceAll('\u0000', '').trim().slice(0, IMPORT_LIMITS.textOfCell);
  if (text === '' || /^\*+$/.test(text)) return null;
  if (field.type === 'N' || field.type === 'F') return Number.isFinite(Number(text)) ? Number(text) : text;
  // No date is written as zeros by some.
  if (field.type === 'D' && /^0+$/.test(text)) return null;
  if (field.type === 'D' && /^\d{8}$/.test(text)) return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  if (field.type === 'L') return /^[YyTt]$/.test(text) ? true : /^[NnFf]$/.test(text) ? false : null;
  return text;
}

function chooseEncoding(
  file: FileWindow,
  headBytes: number,
  fieldBytes: Buffer,
  driver: number,
  declared: string | undefined,
  asked: string | undefined,
  report: (finding: Finding) => void,
): string {
  if (asked !== undefined && iconv.encodingExists(asked)) return asked;
  const rows = file.read(headBytes, Math.min(SAMPLE_BYTES, Math.max(0, file.size - headBytes)));
  const looksUtf8 = isUtf8(namesOf(fieldBytes)) && isUtf8(endAtCharacter(rows));
  const named = namedEncoding(declared);
  if (named !== undefined) {
    // A .cpg that came with another file: half of the shapefiles that changed hands carry one.
    const isWrong = /^utf-?8$/i.test(named) && !looksUtf8;
    if (!isWrong) return withFourBytes(named, rows);
    report({ code: 'encoding-declared-wrong', severity: 'warning', params: { declared: named, used: 'GBK' } });
    return 'GBK';
  }
  if (declared !== undefined) report({ code: 'encoding-unknown', severity: 'warning', params: { encoding: declared } });
  const known = DRIVERS[driver];
  if (known !== undefined) return withFourBytes(known, rows);
  if (looksUtf8) return 'UTF-8';
  return withFourBytes('GBK', rows);
}

/** The names alone: lengths stand beside them as bytes, and one of 128 or more is no text in UTF-8. */
function namesOf(fieldBytes: Buffer): Buffer {
  const names: Buffer[] = [];
  for (let i = 0; i + 32 <= fieldBytes.length && fieldBytes[i] !== 0x0d; i += 32) {
    const raw = fieldBytes.subarray(i, i + 11);
    const end = raw.indexOf(0);
    names.push(raw.subarray(0, end < 0 ? 11 : end), Buffer.from(' '));
  }
  return Buffer.concat(names);
}

function namedEncoding(declared: string | undefined): string | undefined {
  if (declared === undefined || declared === '') return undefined;
  const plain = declared.trim();
  const name = /^\d+$/.test(plain)
    ? plain === '65001'
      ? 'UTF-8'
      : `cp${plain}`
    : plain.replace(/^(OEM|ANSI)\s+/i, 'cp');
  return iconv.encodingExists(name) ? name : undefined;
}

/** A sample may end within a character. */
function endAtCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  for (let i = 0; i < 4 && end > 0 && (bytes[end - 1] as number) > 127; i++) end--;
  return bytes.length < SAMPLE_BYTES ? bytes : bytes.subarray(0, end);
}

/** GB18030 holds GBK, and the rare characters of names besides: whoever says GBK means both. */
const withFourBytes = (encoding: string, bytes: Buffer): string =>
  /^(gbk|gb2312|cp936)$/i.test(encoding) && hasFourByte(bytes) ? 'GB18030' : encoding;

/** No text in GBK has a digit as the second byte of a character. */
function hasFourByte(bytes: Buffer): boolean {
  const isDigit = (at: number): boolean => (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39;
  for (let i = 0; i + 3 < bytes.length; i++)
    if ((bytes[i] as number) >= 0x81 && isDigit(i + 1) && (bytes[i + 2] as number) >= 0x81 && isDigit(i + 3))
      return true;
  return false;
}
