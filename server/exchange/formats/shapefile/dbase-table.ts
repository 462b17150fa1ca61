import type { ExportLayer, Field, TextEncoding, Value } from '../export-layer.ts';
import { encodeText } from '../parts/text-file.ts';

interface Column {
  readonly field: Field & { readonly short: string };
  readonly type: 'C' | 'N' | 'D';
  readonly width: number;
  readonly decimals: number;
}

/** dBASE III+ as the Shapefile uses it: fixed columns, texts in the encoding that the .cpg names. */
export class DbaseTable {
  readonly columns: readonly Column[];
  /** Texts that were longer than a column can be, and were cut. */
  cut = 0;
  private readonly encoding: TextEncoding;
  private readonly recordBytes: number;

  constructor(layer: ExportLayer, encoding: TextEncoding) {
    this.encoding = encoding;
    this.columns = layer.fields.flatMap(field => (field.short === null ? [] : [columnOf(field, field.short)]));
    this.recordBytes = 1 + this.columns.reduce((sum, { width }) => sum + width, 0);
  }

  head(records: number, day: string): Uint8Array {
    const bytes = Buffer.alloc(this.headBytes());
    const [year = 1900, month = 1, date = 1] = day.split('-').map(Number);
    bytes[0] = 3;
    bytes[1] = year - 1900;
    bytes[2] = month;
    bytes[3] = date;
    bytes.writeUInt32LE(records, 4);
    bytes.writeUInt16LE(bytes.length, 8);
    bytes.writeUInt16LE(this.recordBytes, 10);
    // Language driver: 0x4d is code page 936; none for UTF-8, which only the .cpg can name.
    bytes[29] = this.encoding === 'gbk' ? 0x4d : 0;
    this.columns.forEach(({ field, type, width, decimals }, index) => {
      const at = 32 + 32 * index;
      bytes.write(field.short, at, 10, 'ascii');
      bytes.write(type, at + 11, 1, 'ascii');
      bytes[at + 16] = width;
      bytes[at + 17] = decimals;
    });
    bytes[bytes.length - 1] = 0x0d;
    return bytes;
  }

  headBytes(): number {
    return 32 + 32 * this.columns.length + 1;
  }

  record(values: Readonly<Record<string, Value>>): Uint8Array {
    const bytes = Buffer.alloc(this.recordBytes, 0x20);
    let at = 1;
    for (const column of this.columns) {
      const value = values[column.field.name] ?? null;
      if (value !== null) this.put(bytes, at, column, value);
      at += column.width;
    }
    return bytes;
  }

  private put(bytes: Buffer, at: number, column: Column, value: string | number): void {
    if (column.type === 'N') {
      bytes.write(numberText(value, column).padStart(column.width), at, column.width, 'ascii');
    } else if (column.type === 'D') {
      bytes.write(String(value).replaceAll('-', ''), at, 8, 'ascii');
    } else {
      const whole = encodeText(String(value), this.encoding);
      if (whole.length <= column.width) {
        whole.copy(bytes, at);
        return;
      }
      this.cut += 1;
      this.fitting(String(value), column.width).copy(bytes, at);
    }
  }

  /** As many whole characters as fit. */
  private fitting(text: string, width: number): Buffer {
    const parts: Buffer[] = [];
    let used = 0;
    for (const one of text) {
      const encoded = encodeText(one, this.encoding);
      if (used + encoded.length > width) break;
      parts.push(encoded);
      used += encoded.length;
    }
    return Buffer.concat(parts);
  }
}

const LONGEST_TEXT = 254;

function columnOf(field: Field, short: string): Column {
  const named = { ...field, short };
  if (field.type === 'integer') return { field: named, type: 'N', width: 18, decimals: 0 };
  // As wide as GDAL makes them: a sliver of a square millimetre has its area to 1e-9 as well.
  if (field.type === 'real') return { field: named, type: 'N', width: 24, decimals: 15 };
  if (field.type === 'date') return { field: named, type: 'D', width: 8, decimals: 0 };
  return { field: named, type: 'C', width: LONGEST_TEXT, decimals: 0 };
}

/** As many of the decimals as fit beside the digits before them: readers take the text as it stands. */
function numberText(value: string | number, { width, decimals }: Column): string {
  const whole = Math.trunc(Number(value)).toFixed(0).length + 1;
  return Number(value).toFixed(Math.max(0, Math.min(decimals, width - whole - 1)));
}
