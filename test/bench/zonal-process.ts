// One measured process: `node zonal-process.js zonal ARGS…` runs the command, `node zonal-process.js inflate ZONES RASTER` inflates the blocks that
// the zones need and does nothing else: the limit. The last line of stdout is {"wallMs","cpuMs","peakRssMb","blocks"}.
import { openGeoTiff } from '../../gis/raster/open-geotiff.ts';
import { planZonal } from '../../gis/zonal/compute-zonal.ts';
import { readZones } from '../../server/exchange/zone-readers/read-zones.ts';
import { runZonalCommand } from '../../server/exchange/zonal.command.ts';
import { openFileSource } from '../../server/platform/raster/file-source.ts';
import { nodeCodecs } from '../../server/platform/raster/node-codecs.ts';

const [mode, ...rest] = process.argv.slice(2);
let blocks = 0;
if (mode === 'zonal') {
  const code = await runZonalCommand(rest, process);
  if (code !== 0) process.exit(code);
} else {
  blocks = await inflateNeeded(rest[0] as string, rest[1] as string);
}
const { user, system } = process.cpuUsage();
const report = {
  wallMs: performance.now(),
  cpuMs: (user + system) / 1000,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  blocks,
};
process.stdout.write(`${JSON.stringify(report)}\n`);

async function inflateNeeded(zonePath: string, rasterPath: string): Promise<number> {
  const { crs, records } = await readZones(zonePath);
  const source = await openFileSource(rasterPath);
  const needed: { offset: number; length: number }[] = [];
  // The reader itself says which bytes a block is: it reads through this source, and what it would inflate is noted.
  const noting = {
    size: source.size,
    read: (offset: number, length: number) => {
      needed.push({ offset, length });
      return source.read(offset, length);
    },
  };
  const file = await openGeoTiff(noting, { inflate: () => new Uint8Array(512 * 512 * 4) });
  const zones = records.map(({ id, geometry }) => ({ id, geometry: geometry as NonNullable<typeof geometry>, crs }));
  const { shapes } = planZonal({ bands: { value: { file, band: 1 } }, zones, stats: ['mean'] });
  const wanted = new Set<number>();
  const { image } = file;
  for (const shape of shapes) {
    if (typeof shape === 'string') continue;
    for (
      let row = Math.floor(shape.minV / image.blockHeight);
      row <= Math.floor(shape.maxV / image.blockHeight);
      row += 1
    ) {
      for (
        let col = Math.floor(shape.minU / image.blockWidth);
        col <= Math.floor(shape.maxU / image.blockWidth);
        col += 1
      ) {
        if (row >= 0 && row < image.blocksDown && col >= 0 && col < image.blocksAcross)
          wanted.add(row * image.blocksAcross + col);
      }
    }
  }
  needed.length = 0;
  for (const index of [...wanted].sort((a, b) => a - b)) {
    await file.image.readBlock(index % image.blocksAcross, Math.floor(index / image.blocksAcross), 1);
    const range = needed.pop() as { offset: number; length: number };
    await nodeCodecs.inflate?.(await source.read(range.offset, range.length), image.blockWidth * image.blockHeight * 4);
  }
  await source.close();
  return wanted.size;
}
