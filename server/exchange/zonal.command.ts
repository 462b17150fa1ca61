// `regreen zonal`: statistics of a raster over the polygons of a file, from the command line. Needs no server and no database.
import { parseCrs } from '../../gis/crs/parse-crs.ts';
import { GisError } from '../../gis/errors.ts';
import type { PackedGeometry } from '../../gis/geometry/packed.ts';
import { packGeometry } from '../../gis/geometry/packed.ts';
import type { Polygonal } from '../../gis/types.ts';
import type { Zone } from '../../gis/zonal/zone-shape.ts';
import { findEpsgDefinition } from '../platform/raster/epsg-definitions.ts';
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
import { readZones } from './zone-readers/read-zones.ts';
import { describeFileFault, UnusableFile } from './zone-readers/zone-file.ts';
import type { ZoneFile } from './zone-readers/zone-file.ts';

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
  const { raster, bands, index, scale, offset, mask, stats } = args;
  const job = { raster, bands, index, scale, offset, mask, stats };
  const ended = new AbortController();
  const helpers = startHelpers(job, args.threads - 1, ended.signal);
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
  const zones = toZones(args, await readZones(args.zones));
  const { request, close } = await openJob(job);
  const progress = createProgressBar(io.stderr);
  try {
    const results = await runShares({ ...request, zones }, helpers, progress?.show);
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

/** A record without geometry stays in the list, so that it has its row. */
const NOTHING = { type: 'MultiPolygon', coordinates: [] } as const;

/** Positions as numbers side by side: half a million small arrays would be walked by every garbage collection of the run. */
const pack = (geometry: Polygonal | PackedGeometry): PackedGeometry =>
  'kind' in geometry ? geometry : packGeometry(geometry);

function toZones({ id, zones: path }: ZonalArguments, { crs, records }: ZoneFile): Zone[] {
  if (id !== undefined && records.length > 0 && !records.some(({ properties }) => id in properties)) {
    throw new UnusableFile(path, `has no field ${id}`);
  }
  const system = crs === undefined ? undefined : nameSystem(path, crs);
  return records.map((record): Zone => {
    const own = id === undefined ? record.id : record.properties[id];
    const isPlain = typeof own === 'number' || typeof own === 'string' || typeof own === 'boolean';
    const named = typeof own === 'number' ? own : isPlain ? String(own) : (JSON.stringify(own ?? undefined) ?? '');
    return { id: named, geometry: pack(record.geometry ?? NOTHING), crs: system };
  });
}

/** The system of a file of zones as the core can read it by itself: a code that it has a rule for, or the definition of another one. */
function nameSystem(path: string, crs: string): string {
  try {
    const system = parseCrs(crs, { definitionOf: findEpsgDefinition });
    return system.code ?? system.definition;
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    throw new UnusableFile(path, describeRasterFault(error), { cause: error });
  }
}
