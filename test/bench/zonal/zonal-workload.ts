import { closeSync, existsSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import type { RasterGrid } from '../../../gis/raster/raster-file.ts';
import { createGeoTiffWriter } from '../../../gis/raster/write-geotiff.ts';
import { openFileSource } from '../../../server/platform/raster/file-source.ts';
import { nodeCodecs } from '../../../server/platform/raster/node-codecs.ts';
import { randomOf } from '../../helpers/blobs.ts';

const TILE = 512;

export const gridOf = (size: number, cellM = 10): RasterGrid => ({
  width: size,
  height: size,
  originX: 300_000,
  originY: 4_200_000,
  cellWidth: cellM,
  cellHeight: cellM,
  crs: 'EPSG:32647',
});

/** Two UInt16 bands, red and near infrared, of smooth ground with sensor noise: compresses about as little as a real scene. */
export const writeScene = (folder: string, size: number): Promise<string> =>
  writeBands(join(folder, `scene-${size}.tif`), gridOf(size), 2);

/** The same with one band or two on any grid. */
export async function writeBands(path: string, grid: RasterGrid, bandCount: number): Promise<string> {
  if (existsSync(path)) return path;
  const size = grid.width;
  const file = openSync(`${path}.part`, 'w');
  const writer = createGeoTiffWriter(
    { write: (offset, bytes) => void writeSync(file, bytes, 0, bytes.length, offset) },
    { grid, sampleType: 'uint16', bandCount, noData: 0, tileSize: TILE },
    bytes => deflateSync(bytes, { level: 1 }),
  );
  const random = randomOf(size);
  const samples = new Uint16Array(TILE * TILE * bandCount);
  const tiles = Math.ceil(size / TILE);
  for (let tileRow = 0; tileRow < tiles; tileRow += 1) {
    for (let tileCol = 0; tileCol < tiles; tileCol += 1) {
      for (let i = 0; i < TILE * TILE; i += 1) {
        const col = tileCol * TILE + (i % TILE);
        const row = tileRow * TILE + Math.floor(i / TILE);
        const green = 0.5 + 0.5 * Math.sin(col / 97) * Math.cos(row / 71);
        samples[i * bandCount] = 400 + 1400 * (1 - green) + 600 * random();
        if (bandCount > 1) samples[i * bandCount + 1] = 900 + 2600 * green + 900 * random();
      }
      await writer.writeTile(0, tileCol, tileRow, samples);
    }
  }
  await writer.finish();
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

/** NDVI of a scene as a Float32 raster, for tools that want it ready-made; NaN nowhere, -9999 where a band has no data. */
export async function writeNdvi(folder: string, scene: string, size: number): Promise<string> {
  const path = join(folder, `ndvi-${size}.tif`);
  if (existsSync(path)) return path;
  const source = await openFileSource(scene);
  const { image } = await openGeoTiff(source, nodeCodecs);
  const file = openSync(`${path}.part`, 'w');
  const writer = createGeoTiffWriter(
    { write: (offset, bytes) => void writeSync(file, bytes, 0, bytes.length, offset) },
    { grid: gridOf(size), sampleType: 'float32', bandCount: 1, noData: -9999, tileSize: TILE },
    bytes => deflateSync(bytes, { level: 1 }),
  );
  const out = new Float32Array(TILE * TILE);
  for (let tileRow = 0; tileRow < image.blocksDown; tileRow += 1) {
    for (let tileCol = 0; tileCol < image.blocksAcross; tileCol += 1) {
      const { values } = await image.readBlock(tileCol, tileRow, 1);
      for (let i = 0; i < out.length; i += 1) {
        const [red, nir] = [values[2 * i] as number, values[2 * i + 1] as number];
        out[i] = red === 0 || nir === 0 ? -9999 : (nir - red) / (nir + red);
      }
      await writer.writeTile(0, tileCol, tileRow, out);
    }
  }
  await writer.finish();
  closeSync(file);
  await source.close();
  renameSync(`${path}.part`, path);
  return path;
}

/** Zones of 0.5 to 200 ha, jagged, a quarter of them with a hole, overlapping: as GeoJSON in the raster's own system. */
export function writeZones(folder: string, size: number, count: number): string {
  const path = join(folder, `zones-${size}-${count}.geojson`);
  if (existsSync(path)) return path;
  const random = randomOf(count);
  const grid = gridOf(size);
  const extent = size * 10;
  const features = Array.from({ length: count }, (_, id) => {
    const areaHa = 0.5 * 400 ** random();
    const radius = Math.sqrt((areaHa * 10_000) / Math.PI);
    const x = grid.originX + radius * 2 + random() * (extent - radius * 4);
    const y = grid.originY - radius * 2 - random() * (extent - radius * 4);
    const vertices = 24 + Math.floor(random() * 60);
    const outline = ring(x, y, radius, vertices, random);
    const hole = random() < 0.26 ? [ring(x, y, radius * 0.3, 12, random).reverse()] : [];
    return { type: 'Feature', properties: { id }, geometry: { type: 'Polygon', coordinates: [outline, ...hole] } };
  });
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32647' } };
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', crs, features }));
  return path;
}

function ring(x: number, y: number, radius: number, vertices: number, random: () => number): [number, number][] {
  const positions = Array.from({ length: vertices }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / vertices;
    const distance = radius * (0.75 + 0.5 * random());
    return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
  });
  return [...positions, positions[0] as [number, number]];
}
