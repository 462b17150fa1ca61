// `regreen zonal`: statistics of a raster over the polygons of a file, from the command line. Needs no server and no database.
import { threadUrl } from '../platform/threads.ts';
import { parseZonalArguments, UnusableArguments, ZONAL_USAGE } from './zonal/zonal-arguments.ts';
import type { ZonalArguments } from './zonal/zonal-arguments.ts';
import { startHelpers } from './zonal/zonal-helpers.ts';
import { UnusableFile } from './zone-readers/zone-file.ts';

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
    // Not before: it takes as long to load as the helpers take to start.
    const { measureZones } = await import('./zonal/measure-zones.ts');
    await measureZones(args, job, helpers, io.stderr);
  } finally {
    ended.abort();
  }
}
