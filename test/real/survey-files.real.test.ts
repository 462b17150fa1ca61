// Files nobody here wrote: every one ends in a clear finding or in the right geometry, and none in a fault.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes, type Diagnosed } from '../survey/diagnosing.ts';
import { findSharedData } from '../helpers/shared-data.ts';
import { zipBeside } from '../survey/zip-beside.ts';

const geojsonhint = findSharedData('vectors/geojsonhint');
const mapshaper = findSharedData('vectors/mapshaper');
const anhui = findSharedData('vectors/nts_gbk_anhui');
const anhuiZone39 = findSharedData('vectors/derived_anhui_cgcs2000_gk39');
const kml = findSharedData('vectors/togeojson_kml');

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** Rows that can be written, or a reason in words why not. */
function expectAnswer(answer: Diagnosed): void {
  const said = answer.findings.filter(({ severity }) => severity !== 'info');
  expect(answer.readyCount > 0 || said.length > 0, `${answer.rowCount} rows, ${answer.codes.join(' ')}`).toBe(true);
  for (const { areaM2 } of answer.rows) expect(areaM2).toBeGreaterThan(0);
}

describe.skipIf(geojsonhint === undefined)('GeoJSON that others complain about', () => {
  const folder = geojsonhint ?? '';
  const files = geojsonhint === undefined ? [] : walk(folder).filter(path => path.endsWith('.geojson'));
  it.each(files.map(path => [path.slice(folder.length + 1), path]))('%s', async (name, path) => {
    const answer = await diagnoseBytes(readFileSync(path), basename(path));
    expectAnswer(answer);
    if (name.startsWith('bad/') && answer.readyCount === 0) expect(answer.errorCount).toBeGreaterThan(0);
  });

  it('reads the polygons among the bad ones that can only be meant one way', async () => {
    for (const name of ['polygon_winding_order', 'different-first-last', 'bad-polygon-interiorring-rhr']) {
      const answer = await diagnoseBytes(readFileSync(join(folder, 'bad', `${name}.geojson`)), `${name}.geojson`);
      expect(answer.readyCount, name).toBe(1);
    }
  });
});

describe.skipIf(mapshaper === undefined)('files that broke another program', () => {
  const folder = mapshaper ?? '';
  const files =
    mapshaper === undefined
      ? []
      : walk(folder).filter(path => /\.(shp|dbf|json|geojson|kmz|gpkg|csv)$/.test(path) && !path.endsWith('.dbf'));
  it.each(files.map(path => [path.slice(folder.length + 1), path]))('%s', async (_name, path) => {
    const content = path.endsWith('.shp') ? zipBeside(path) : readFileSync(path);
    expectAnswer(await diagnoseBytes(content, basename(path).replace(/shp$/, 'zip')));
  });

  it('reads Chinese attributes in four encodings, by what is declared or by what they are', async () => {
    const chinese = await diagnoseBytes(zipBeside(join(folder, 'dbf/ldid/chinese.shp')), 'a.zip');
    expect(chinese.encoding).toBe('GBK');
    const big5 = await diagnoseBytes(zipBeside(join(folder, 'dbf/cpg/big5.shp')), 'a.zip');
    expect(big5.encoding).toMatch(/^big-?5$/i);
  });
});

describe.skipIf(anhui === undefined || anhuiZone39 === undefined)('the counties of Anhui', () => {
  it('asks for the system where there is no .prj, and shows what the numbers say meanwhile', async () => {
    const shp = walk(anhui ?? '').find(path => path.endsWith('.shp')) ?? '';
    const answer = await diagnoseBytes(zipBeside(shp), 'anhui.zip');
    expect(answer.encoding).toBe('GBK');
    expect(answer.codes).toContain('prj-missing');
    const question = answer.findings.find(({ code }) => code === 'crs-left-out');
    expect(question).toMatchObject({ severity: 'warning', params: { crs: 'EPSG:4490' } });
    expect(question?.choices?.map(({ fixes }) => fixes)).toEqual([{ crs: 'EPSG:4490' }, { crs: 'EPSG:4326' }]);
    expect(answer.crs).toMatchObject({ declared: null, used: 'EPSG:4490' });
    expect(answer.areaM2 / 1e6).toBeCloseTo(140_277.169, 2);
    expectAnswer(answer);
    const told = await diagnoseBytes(zipBeside(shp), 'anhui.zip', { fixes: { crs: 'EPSG:4490' } });
    expect(told.codes).not.toContain('crs-left-out');
    expect(told.areaM2).toBe(answer.areaM2);
  });

  it('reads zone 39 with its prefix to the square metre', async () => {
    const shp = walk(anhuiZone39 ?? '').find(path => path.endsWith('.shp')) ?? '';
    const answer = await diagnoseBytes(zipBeside(shp), 'anhui.zip');
    expect(answer.crs.used).toBe('EPSG:4527');
    expect(answer.areaM2 / 1e6).toBeCloseTo(140_277.169, 2);
    expect(Object.values(answer.rows[0]?.attributes ?? {})).toContain('天长市');
  });
});

describe.skipIf(kml === undefined)('KML and GPX from many hands', () => {
  const folder = kml ?? '';
  const files = kml === undefined ? [] : walk(folder).filter(path => /\.(kml|gpx)$/.test(path));
  it.each(files.map(path => [path.slice(folder.length + 1), path]))('%s', async (_name, path) => {
    expectAnswer(await diagnoseBytes(readFileSync(path), basename(path)));
  });
});
