import { GisError } from '../../../gis/errors.ts';
import { gridOf } from '../../../gis/zonal/compute-zonal.ts';
import { describeFileFault, UnusableFile } from '../zone-readers/zone-file.ts';
import { createProgressBar } from './progress-bar.ts';
import type { Terminal } from './progress-bar.ts';
import { describeRasterFault } from './raster-faults.ts';
import { runShares } from './run-shares.ts';
import { writeResults } from './results/write-results.ts';
import { ZonesOffRaster } from './results/zones-off-raster.ts';
import type { ZonalArguments } from './zonal-arguments.ts';
import type { ZonalHelper } from './zonal-helpers.ts';
import { openJob } from './zonal-job.ts';
import type { ZonalJob } from './zonal-job.ts';
import { shapeZones } from './zones/shape-zones.ts';

/**
 * Measures the zones of a file with helpers that were started before, and writes what is asked for. Says of how many zones nothing could be
 * measured because they lie nowhere on the raster. Throws UnusableFile.
 */
export async function measureZones(
  args: ZonalArguments,
  job: ZonalJob,
  helpers: readonly ZonalHelper[],
  terminal: Terminal,
): Promise<void> {
  const { request, close } = await openJob(job);
  const progress = createProgressBar(terminal);
  try {
    const { ids, shapes } = await shapeZones(
      args,
      gridOf(request),
      helpers.map(({ readZones }) => readZones),
    );
    const results = await runShares(request, ids, shapes, helpers, progress?.show);
    progress?.clear();
    const off = new ZonesOffRaster();
    await writeResults(args.out, args.format, results, ids, args.stats, off.see).catch((error: unknown) => {
      throw new UnusableFile(args.out, describeFileFault(error), { cause: error });
    });
    if (off.sentence !== undefined) terminal.write(`regreen zonal: ${args.zones}: ${off.sentence}\n`);
  } catch (error) {
    progress?.clear();
    if (!(error instanceof GisError)) throw error;
    // Systems of zones are looked up here as well: the file that names one is the one at fault.
    const isOfZones = error.code.startsWith('crs-');
    throw new UnusableFile(isOfZones ? args.zones : args.raster, describeRasterFault(error), { cause: error });
  } finally {
    await close();
  }
}
