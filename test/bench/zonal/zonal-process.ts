// One measured process: `node zonal-process.js zonal ARGS…` runs the command; `… blocks ZONES RASTER OUT` notes where the blocks lie that the zones
// need; `… inflate BLOCKS RASTER` reads and inflates these with Node's zlib and does nothing else: the limit; `… inflate-own BLOCKS RASTER` does the
// same in the module that the command inflates in, two blocks at a time and no further than they are needed: a stricter one; `… dates ZONES RASTER N STATS` measures N dates in
// one pass. The last line of stdout is {"wallMs","cpuMs","peakRssMb"}.
import { readFileSync, writeFileSync } from 'node:fs';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import type { DeflatedBlock } from '../../../gis/raster/tiff/inflate/deflated-block.ts';
import { ownInflater } from '../../../gis/raster/tiff/inflate/inflater.ts';
import { bandsOf, gridOf, planWithShapes, planZonal } from '../../../gis/zonal/compute-zonal.ts';
import { ascending } from '../../../gis/zonal/summing/plan-blocks.ts';
import { sumTogether } from '../../../gis/zonal/summing/sum-together.ts';
import { createBufferCollector } from '../../../server/exchange/zonal/buffer-collector.ts';
import { openJob } from '../../../server/exchange/zonal/zonal-job.ts';
import type { OpenedJob, ZonalJob } from '../../../server/exchange/zonal/zonal-job.ts';
import { openShapes } from '../../../server/exchange/zonal/zones/shape-store.ts';
import { shapeZones } from '../../../server/exchange/zonal/zones/shape-zones.ts';
import { runZonalCommand } from '../../../server/exchange/zonal.command.ts';
import { openFileSource } from '../../../server/platform/raster/file-source.ts';
import { nodeCodecs } from '../../../server/platform/raster/node-codecs.ts';
import { collectZones } from '../../../server/exchange/zone-readers/collect-zones.fixture.ts';

interface NeededBlocks {
  readonly blockBytes: number;
  /** Offset and length of one block after the other. */
  readonly ranges: readonly number[];
  /** How much of each is needed, inflated: its rows down to the last that a zone covers. */
  readonly neededBytes: readonly number[];
}

const [mode, ...rest] = process.argv.slice(2) as [string, string, string, string, string];
if (mode === 'zonal') {
  const code = await runZonalCommand(rest, process);
  if (code !== 0) process.exit(code);
} else if (mode === 'blocks') await noteBlocks(rest[0], rest[1], rest[2]);
else if (mode === 'dates') await measureDates(...rest);
else if (mode === 'inflate-own') await inflateInModule(rest[0], rest[1]);
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
  const neededBytes: number[] = [];
  const rowBytes = file.image.blockWidth * file.bands.length * 2;
  for (const { window } of bandsOf(plan).tasks(ascending())) {
    await file.image.readBlock(window.blockCol, window.blockRow, 1, { rows: window.height });
    neededBytes.push(window.height * rowBytes);
  }
  if (ranges.length !== 2 * neededBytes.length) throw new Error('a block was not read in one piece');
  const blockBytes = file.image.blockHeight * rowBytes;
  writeFileSync(out, JSON.stringify({ blockBytes, ranges, neededBytes } satisfies NeededBlocks));
  await source.close();
}

/**
 * NDVI of the same scene as if it were so many dates: every one is a file of its own, read for itself. Zones are read as the command reads
 * them, and every result is made and looked at.
 */
async function measureDates(zonePath: string, rasterPath: string, count: string, stats: string): Promise<void> {
  const job: ZonalJob = {
    raster: rasterPath,
    bands: { red: 1, nir: 2 },
    index: 'ndvi',
    scale: undefined,
    offset: undefined,
    mask: undefined,
    stats: stats.split(','),
    rasterTowgs84: undefined,
  };
  const dates = await Promise.all(Array.from({ length: Number(count) }, () => openJob(job)));
  const [first] = dates as [OpenedJob];
  const zones = await shapeZones({ zones: zonePath, id: undefined, zonesTowgs84: undefined }, gridOf(first.request));
  const shapes = openShapes(zones.shapes);
  let results = 0;
  for (const date of await sumTogether(dates.map(({ request }) => planWithShapes(request, zones.ids, shapes))))
    for (const { status } of date) if (status !== 'empty-geometry') results += 1;
  if (results !== dates.length * shapes.length) throw new Error('a date has not every zone');
  await Promise.all(dates.map(({ close }) => close()));
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

async function inflateInModule(blocksPath: string, rasterPath: string): Promise<void> {
  const { blockBytes, ranges, neededBytes } = JSON.parse(readFileSync(blocksPath, 'utf8')) as NeededBlocks;
  const source = await openFileSource(rasterPath);
  const inflater = ownInflater();
  if (inflater === undefined) throw new Error('no WebAssembly');
  const read = async (block: number): Promise<DeflatedBlock> => {
    const [offset, length] = [ranges[2 * block] as number, ranges[2 * block + 1] as number];
    const room = inflater.takeInput(length);
    if (room === undefined) throw new Error('no room');
    const count = (await source.readInto?.(offset, length, room)) ?? 0;
    const wantedBytes = neededBytes[block] as number;
    return { compressed: room.subarray(0, count), expectedBytes: blockBytes, wantedBytes };
  };
  for (let i = 0; i < neededBytes.length; i += 2) {
    const numbers = i + 1 < neededBytes.length ? [i, i + 1] : [i];
    const blocks = await Promise.all(numbers.map(read));
    for (const inflated of inflater.inflate(blocks) ?? []) {
      if (inflated === undefined) throw new Error('a block is corrupt');
      inflated.giveBack?.();
    }
    for (const { compressed } of blocks) inflater.leaveInput(compressed);
  }
  await source.close();
}
