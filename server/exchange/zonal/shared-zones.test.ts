import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { runZonalCommand } from '../zonal.command.ts';

/** A square of 20.5 cells as a feature. */
function feature(code: string, x: number, y: number): string {
  const [west, north] = [500_000 + x, 4_000_000 - y];
  const corners = [
    [west, north],
    [west + 205, north],
    [west + 205, north - 205],
    [west, north - 205],
    [west, north],
  ];
  const geometry = { type: 'Polygon', coordinates: [corners] };
  return JSON.stringify({ type: 'Feature', properties: { code }, geometry });
}

it('zones in so long a file that two threads read it come out as from one', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regreen-shared-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  const place = { originX: 500_000, originY: 4_000_000, cellWidth: 10, cellHeight: 10, crs: 'EPSG:32647' };
  const cells = Uint16Array.from({ length: 100 * 100 }, (_, i) => 1 + ((i * 7919) % 5003));
  const layout = { grid: { ...place, width: 100, height: 100 }, sampleType: 'uint16' as const, tileSize: 64 };
  writeFileSync(at('scene.tif'), await writeGeoTiff({ width: 100, height: 100, bands: [cells] }, layout, nodeDeflate));
  const codes = Array.from({ length: 40 }, (_, i) => `z${i}`);
  const rows = codes.map((code, i) => feature(code, 17 * i, 13 * i)).join(`,${' '.repeat(120_000)}`);
  const crs = '{"type":"name","properties":{"name":"EPSG:32647"}}';
  writeFileSync(at('zones.json'), `{"type":"FeatureCollection","features":[${rows}],"crs":${crs}}`);
  const measure = async (out: string, ...more: string[]): Promise<{ code: number; stderr: string }> => {
    let stderr = '';
    const io = { stdout: { write: () => true }, stderr: { write: (text: string) => (stderr += text) } };
    const argv = ['--zones', at('zones.json'), '--raster', at('scene.tif'), ...more, '--out', at(out)];
    return { code: await runZonalCommand(argv, io), stderr };
  };

  expect(await measure('one.csv', '--id', 'code')).toEqual({ code: 0, stderr: '' });
  expect(await measure('two.csv', '--id', 'code', '--threads', '2')).toEqual({ code: 0, stderr: '' });
  const lines = readFileSync(at('two.csv'), 'utf8').trim().split('\n');
  expect(lines.slice(1).map(line => line.split(',')[0])).toEqual(codes);
  expect(lines).toEqual(readFileSync(at('one.csv'), 'utf8').trim().split('\n'));
  expect(await measure('none.csv', '--id', 'none', '--threads', '2')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has no field none') as string,
  });
});
