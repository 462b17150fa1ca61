// One measured process: `node zonal-process.js zonal ARGS…` runs the command; `… blocks ZONES RASTER OUT` notes where the blocks lie that the zones
// need; `… inflate BLOCKS RASTER` reads and inflates these and does nothing else: the limit; `… dates ZONES RASTER N` measures N dates in one pass. The last line of stdout is {"wallMs","cpuMs","peakRssMb"}.
import { readFileSync, writeFileSync } from 'node:fs';
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import { bandsOf, planZonal } from '../../../gis/zonal/compute-zonal.ts';
import { computeDates } from '../../../gis/zonal/summing/compute-dates.ts';
import { ascending } from '../../../gis/zonal/summing/plan-blocks.ts';
import { createBufferCollector } from '../../../server/exchange/zonal/buffer-collector.ts';
import { runZonalCommand } from '../../../server/exchange/zonal.command.ts';
import { openFileSource } from '../../../server/platform/raster/file-source.ts';
import { nodeCodecs } from '../../../server/platform/raster/node-codecs.ts';
import { collectZones } from '../../../server/exchange/zone-readers/collect-zones.fixture.ts';

interface NeededBlocks {
  readonly blockBytes: number;
  /** Offset and length of one block after the other. */
  readonly ranges: readonly number[];
}

const [mode, ...rest] = process.argv.slice(2) as [string, string, string, string];
if (mode === 'zonal') {
  const code = await runZonalCommand(rest, process);
  if (code !== 0) process.exit(code);
} else if (mode === 'blocks') await noteBlocks(...rest);
else if (mode === 'dates') await measureDates(...rest);
else await inflateBlocks(rest[0], rest[1]);
const { user, system } = process.cpuUsage();
const report = {
  wallMs: performance.now(),
  cpuMs: (user + system) / 1000,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(report)}\n`);

async function noteBlocks(zonePath: string, rasterPath: string, out: string): Promise<void> {
  const { crs, records } = await collectZones(zonePath);
  const source = await openFileSource(rasterPath);
  const ranges: number[] = [];
  // The reader itself says which bytes a block is: it reads through this source, and what it would inflate is noted.
  const noting = {
    size: source.size,
    read: (offset: number, length: number) => {
      ranges.push(offset, length);
      return source.read(offset, length);
    },
  };
  const file = await openGeoTiff(noting, { inflate: (_, expectedBytes) => new Uint8Array(expectedBytes) });
  const zones = records.map(({ id, geometry }) => ({ id, geometry: geometry as NonNullable<typeof geometry>, crs }));
  const plan = planZonal({ bands: { value: { file, band: 1 } }, zones, stats: ['mean'] });
  ranges.length = 0;
  for (const { window } of bandsOf(plan).tasks(ascending())) {
    await file.image.readBlock(window.blockCol, window.blockRow, 1, { rows: window.height });
  }
  const blockBytes = file.image.blockWidth * file.image.blockHeight * file.bands.length * 2;
  writeFileSync(out, JSON.stringify({ blockBytes, ranges } satisfies NeededBlocks));
  await source.close();
}

/** NDVI of the same scene as if it were so many dates: every one is a file of its own, read for itself. */
async function measureDates(zonePath: string, rasterPath: string, count: string): Promise<void> {
  const { crs, records } = await collectZones(zonePath);
  const zones = records.map(({ id, geometry }) => ({ id, geometry: geometry as NonNullable<typeof geometry>, crs }));
  const sources = await Promise.all(Array.from({ length: Number(count) }, () => openFileSource(rasterPath)));
  const dates = await Promise.all(
    sources.map(async source => {
      const file = await openGeoTiff(source, nodeCodecs, { cache: createBlockCache(0) });
      return { bands: { red: { file, band: 1 }, nir: { file, band: 2 } } };
    }),
  );
  const collect = createBufferCollector();
  const pause = (): Promise<void> => {
    collect();
    return Promise.resolve();
  };
  const results = await computeDates(dates, { zones, expression: 'ndvi', stats: ['mean'], pause });
  if (!results.every(date => date.length === zones.length)) throw new Error('a date has not every zone');
  await Promise.all(sources.map(source => source.close()));
}

async function inflateBlocks(blocksPath: string, rasterPath: string): Promise<void> {
  const { blockBytes, ranges } = JSON.parse(readFileSync(blocksPath, 'utf8')) as NeededBlocks;
  const source = await openFileSource(rasterPath);
  const collect = createBufferCollector();
  const room = new Uint8Array(ranges.reduce((most, value, i) => (i % 2 === 1 && value > most ? value : most), 0));
  for (let i = 0; i < ranges.length; i += 2) {
    const read = await source.readInto?.(ranges[i] as number, ranges[i + 1] as number, room);
    await nodeCodecs.inflate?.(room.subarray(0, read), blockBytes);
    if (i % 16 === 0) collect();
  }
  await source.close();
}
