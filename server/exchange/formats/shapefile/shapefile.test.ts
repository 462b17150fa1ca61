import { describe, expect, it } from 'vitest';
import { entriesOf } from '../fixtures/zip-entries.fixture.ts';
import { FIELDS, fixtureFeatures, withJob } from '../fixtures/exported.fixture.ts';
import { writeShapefile } from './shapefile.ts';

/** Twice the area of each ring of a polygon record, positive where it runs counter-clockwise. */
function ringsOf(shp: Buffer, record: number): number[] {
  let at = 100;
  for (let i = 1; i < record; i++) at += 8 + 2 * shp.readInt32BE(at + 4);
  at += 8;
  const [parts, points] = [shp.readInt32LE(at + 36), shp.readInt32LE(at + 40)];
  const starts = Array.from({ length: parts }, (_, i) => shp.readInt32LE(at + 44 + 4 * i));
  const first = at + 44 + 4 * parts;
  const point = (i: number): [number, number] => [
    shp.readDoubleLE(first + 16 * i),
    shp.readDoubleLE(first + 16 * i + 8),
  ];
  return starts.map((start, ring) => {
    const end = starts[ring + 1] ?? points;
    let doubled = 0;
    for (let i = start; i + 1 < end; i++) {
      const [[ax, ay], [bx, by]] = [point(i), point(i + 1)];
      doubled += ax * by - bx * ay;
    }
    return doubled;
  });
}

describe('a Shapefile', () => {
  it('winds shells clockwise and holes the other way, and has a record for what is not drawn', async () => {
    await withJob({ crs: 'EPSG:4527' }, async job => {
      const files = await entriesOf((await writeShapefile(job)).path);
      expect([...files.keys()].map(name => name.replace('land.', ''))).toEqual([
        'shp',
        'shx',
        'dbf',
        'prj',
        'cpg',
        'fields.txt',
      ]);
      const shp = files.get('land.shp') ?? Buffer.alloc(0);
      expect(ringsOf(shp, 1).map(Math.sign)).toEqual([-1, 1]);
      expect(ringsOf(shp, 2).map(Math.sign)).toEqual([-1, -1]);
      const [third = 0] = [files.get('land.shx')?.readInt32BE(100 + 16)];
      expect(shp.readInt32LE(2 * third + 8)).toBe(0);
      expect(shp.readInt32BE(24) * 2).toBe(shp.length);
    });
  });

  it('names its fields in ten letters, says which is which, and what could not go along', async () => {
    await withJob({ encoding: 'gbk' }, async job => {
      const files = await entriesOf((await writeShapefile(job)).path);
      const text = String(files.get('land.fields.txt'));
      for (const field of FIELDS) {
        if (field.short === null) expect(text).toMatch(new RegExp(`not carried\\)\\s+${field.name}`));
        else {
          expect(field.short.length).toBeLessThanOrEqual(10);
          expect(text).toMatch(new RegExp(`${field.short}\\s+= ${field.name}\\b`));
        }
      }
      expect(String(files.get('land.cpg'))).toBe('GBK');
      expect(files.get('land.dbf')?.[29]).toBe(0x4d);
    });
  });

  it('holds areas from a square millimetre to a country in full', async () => {
    const areas = [0.000731234567891234, 12.3456789012345, 98_765_432.1234567, 9_596_961_000_000.25];
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4490');
        for (const areaM2 of areas) if (first) yield { ...first, values: { areaM2 } };
      },
    };
    await withJob({ layer }, async job => {
      const dbf = (await entriesOf((await writeShapefile(job)).path)).get('land.dbf') ?? Buffer.alloc(0);
      const [headBytes, recordBytes] = [dbf.readUInt16LE(8), dbf.readUInt16LE(10)];
      areas.forEach((areaM2, index) => {
        const row = dbf
          .subarray(headBytes + index * recordBytes, headBytes + (index + 1) * recordBytes)
          .toString('ascii');
        expect(Math.abs(Number(row) / areaM2 - 1)).toBeLessThan(1e-12);
      });
    });
  });

  it('cuts a text that is too long between letters, and counts it', async () => {
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4490');
        if (first) yield { ...first, values: { ...first.values, remarks: '图'.repeat(100) } };
      },
    };
    await withJob({ encoding: 'utf-8', layer }, async job => {
      const files = await entriesOf((await writeShapefile(job)).path);
      // 254 bytes hold 84 letters of three bytes.
      expect(String(files.get('land.dbf'))).toContain(`${'图'.repeat(84)}  `);
      expect(String(files.get('land.dbf'))).not.toContain('\ufffd\ufffd ');
      expect(String(files.get('land.fields.txt'))).toMatch(/cut at 254 bytes: 1/);
    });
  });

  it('ends where either of its files would be too large', async () => {
    await withJob({ crs: 'EPSG:4527' }, async job => {
      // The outlines of this job come to less than its attributes.
      const files = await entriesOf((await writeShapefile(job)).path);
      const [shp = 0, dbf = 0] = ['land.shp', 'land.dbf'].map(name => files.get(name)?.length ?? 0);
      expect(dbf).toBeGreaterThan(shp);
      await expect(writeShapefile(job, (shp + dbf) / 2)).rejects.toMatchObject({ code: 'export-too-large' });
      await expect(writeShapefile(job, shp / 2)).rejects.toMatchObject({ code: 'export-too-large' });
    });
  });
});
