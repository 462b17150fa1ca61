import iconv from 'iconv-lite';
import { FileWindow } from '../bytes/file-window.ts';
import { isUtf8Start } from '../bytes/decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';

export interface GroupCode {
  readonly code: number;
  readonly value: string;
}

const CHUNK_BYTES = 1 << 18;

/** Pairs of lines of an ASCII DXF: a code and its value. @throws UnreadableFile `dxf-damaged` */
export function* groupCodes(path: string, encoding: string): Generator<GroupCode> {
  const file = new FileWindow(path);
  try {
    const decoder = iconv.getDecoder(encoding);
    let rest = '';
    let line = 0;
    let code: number | undefined;
    for (let at = 0; at < file.size || rest !== ''; at += CHUNK_BYTES) {
      const isLast = at + CHUNK_BYTES >= file.size;
      const text = rest + decoder.write(file.read(at, CHUNK_BYTES)) + (isLast ? '\n' : '');
      const lines = text.split('\n');
      rest = isLast ? '' : (lines.pop() ?? '');
      if (rest.length > 1_000_000) throw new UnreadableFile('dxf-damaged', { line: line + 1 });
      if (isLast && lines.at(-1) === '') lines.pop();
      for (const raw of lines) {
        line++;
        const trimmed = raw.trim();
        if (code === undefined) {
          if (!/^\d{1,4}$|^-\d{1,2}$/.test(trimmed)) {
            if (trimmed === '') continue;
            throw new UnreadableFile('dxf-damaged', { line });
          }
          code = Number(trimmed);
        } else {
          yield { code, value: trimmed };
          code = undefined;
        }
      }
    }
  } finally {
    file.close();
  }
}

/** By $DWGCODEPAGE for files before AutoCAD 2007, by UTF-8 since. */
export function dxfEncoding(path: string): string {
  const file = new FileWindow(path);
  try {
    const head = file.read(0, 1 << 18);
    const text = head.toString('latin1', 0, 20_000);
    const version = /\$ACADVER\s+1\s+(AC\d{4})/.exec(text)?.[1] ?? '';
    const page = /\$DWGCODEPAGE\s+3\s+ANSI_(\d+)/i.exec(text)?.[1];
    if (version >= 'AC1021' && isUtf8Start(head)) return 'UTF-8';
    if (page !== undefined && page !== '936' && iconv.encodingExists(`cp${page}`) && page !== '1252')
      return `cp${page}`;
    return isUtf8Start(head) ? 'UTF-8' : 'GBK';
  } finally {
    file.close();
  }
}

/** `\U+4E2D` and the mark-up of multi-line text. */
export const plainText = (text: string): string =>
  text
    .replace(/\\U\+([0-9A-F]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\P/g, ' ')
    .replace(/\\[A-Za-z][^;\\]*;|[{}]/g, '')
    .trim();
