import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../diagnosis/finding.ts';
import { openAttributeTable } from './attribute-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One text field of a width, one row. */
function table(name: string, width: number, text: string, encoding: string): string {
  const head = Buffer.alloc(32 + 32 + 1);
  head[0] = 3;
  head.writeUInt32LE(1, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + width, 10);
  iconv.encode(name, encoding).copy(head, 32);
  head.write('C', 32 + 11, 'latin1');
  head[32 + 16] = width;
  head[64] = 0x0d;
  const value = Buffer.alloc(1 + width, ' ');
  iconv.encode(text, encoding).copy(value, 1);
  const path = join(folder, `${encoding}-${width}.dbf`);
  writeFileSync(path, Buffer.concat([head, value, Buffer.of(0x1a)]));
  return path;
}

function read(path: string, declared: string | undefined) {
  const findings: Finding[] = [];
  const opened = openAttributeTable(path, declared, undefined, finding => findings.push(finding));
  const row = opened?.row(0);
  opened?.close();
  return { encoding: opened?.encoding, row, codes: findings.map(({ code }) => code) };
}

describe('the attributes of a Shapefile', () => {
  it.each([80, 127, 128, 254, 255])('are UTF-8 in fields of %i bytes, declared or not', width => {
    const path = table('名称', width, '青岗岭铝土矿', 'utf8');
    const row = { 名称: '青岗岭铝土矿' };
    expect(read(path, 'UTF-8')).toEqual({ encoding: 'UTF-8', row, codes: [] });
    expect(read(path, undefined)).toEqual({ encoding: 'UTF-8', row, codes: [] });
  });

  it('are GBK where the .cpg says UTF-8 and they are not, which is told', () => {
    const path = table('名称', 254, '青岗岭铝土矿', 'gbk');
    const row = { 名称: '青岗岭铝土矿' };
    expect(read(path, 'UTF-8')).toEqual({ encoding: 'GBK', row, codes: ['encoding-declared-wrong'] });
  });

  it.each(['GBK', '936', undefined])(
    'are GB18030 where rare characters stand in them, whatever is declared (%s)',
    declared => {
      const path = table('名称', 60, '𠮷岗岭铝土矿', 'gb18030');
      expect(read(path, declared)).toEqual({ encoding: 'GB18030', row: { 名称: '𠮷岗岭铝土矿' }, codes: [] });
    },
  );

  it('know rows that are marked as deleted, and dates that are none', () => {
    const path = table('日期', 8, '00000000', 'gbk');
    const bytes = readFileSync(path);
    bytes.write('D', 32 + 11, 'latin1');
    bytes[65] = 0x2a;
    writeFileSync(path, bytes);
    const opened = openAttributeTable(path, 'GBK', undefined, () => undefined);
    expect([opened?.isDeleted(0), opened?.isDeleted(1), opened?.row(0)]).toEqual([true, false, { 日期: null }]);
    opened?.close();
  });
});
