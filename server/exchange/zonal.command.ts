// `regreen zonal`: statistics of a raster over the polygons of a file, from the command line. Needs no server and no database.
import { GisError } from '../../gis/errors.ts';
import { gridOf } from '../../gis/zonal/compute-zonal.ts';
import { threadUrl } from '../platform/threads.ts';
import { parseZonalArguments, UnusableArguments, ZONAL_USAGE } from './zonal/zonal-arguments.ts';
import type { ZonalArguments } from './zonal/zonal-arguments.ts';
import { createProgressBar } from './zonal/progress-bar.ts';
import { describeRasterFault } from './zonal/raster-faults.ts';
import { runShares } from './zonal/run-shares.ts';
import { writeResults } from './zonal/write-results.ts';
import { startHelpers } from './zonal/zonal-helpers.ts';
import type { ZonalHelper } from './zonal/zonal-helpers.ts';
import { openJob } from './zonal/zonal-job.ts';
import type { ZonalJob } from './zonal/zonal-job.ts';
import { shapeZones } from './zonal/zones/shape-zones.ts';
import { describeFileFault, UnusableFile } from './zone-readers/zone-file.ts';

/** Where a command talks to its caller. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: {
    write(text: string): unknown;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
  };
}

/** Answers the exit code: 0, or 2 for arguments and files that cannot be used (one line on stderr names the file and the fault). */
export async function runZonalCommand(argv: readonly string[], io: CommandIo): Promise<number> {
  if (argv.includes('--help')) {
    io.stdout.write(`${ZONAL_USAGE}\n`);
    return 0;
  }
  try {
    await measure(parseZonalArguments(argv), io);
    return 0;
  } catch (error) {
    if (error instanceof UnusableArguments) io.stderr.write(`regreen zonal: ${error.message}\n`);
    else if (error instanceof UnusableFile) io.stderr.write(`regreen zonal: ${error.path}: ${error.message}\n`);
    else throw error;
    return 2;
  }
}

async function measure(args: ZonalArguments, io: CommandIo): Promise<void> {
  const { raster, bands, index, scale, offset, mask, stats, rasterTowgs84 } = args;
  const job = { raster, bands, index, scale, offset, mask, stats, rasterTowgs84 };
  const ended = new AbortController();
  // Named here, for a built command is put together in this file's place.
  const thread = threadUrl(import.meta.url, './zonal/zonal.thread.ts');
  const helpers = startHelpers(thread, job, args.threads - 1, ended.signal);
  try {
    await measureWith(args, job, helpers, io);
  } finally {
    ended.abort();
  }
}

async function measureWith(
  args: ZonalArguments,
  job: ZonalJob,
  helpers: readonly ZonalHelper[],
  io: CommandIo,
): Promise<void> {
  const { request, close } = await openJob(job);
  const progress = createProgressBar(io.stderr);
  try {
    const { ids, shapes } = await shapeZones(
      args,
      gridOf(request),
      helpers.map(({ readZones }) => readZones),
    );
    const results = await runShares(request, ids, shapes, helpers, progress?.show);
    progress?.clear();
    await writeResults(args.out, args.format, results, args.stats).catch((error: unknown) => {
      throw new UnusableFile(args.out, describeFileFault(error), { cause: error });
    });
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
