// What others take for the same means on a ready-made Float32 NDVI raster: exactextract (EXACTEXTRACT names it, or it is on the PATH) and terra in R.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

export interface PeerMeasure {
  readonly name: string;
  /** Of the file that it reads its zones from. */
  readonly format: 'GeoJSON' | 'GeoPackage';
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Mean by zone number, NaN where there is none. */
  readonly means: ReadonlyMap<number, number>;
}

/** terra takes a tenth of a second of processor time a zone, and longer than a quarter of an hour for 10,000 on a busy machine. */
const TIMEOUT_S = 2400;

/** Those that are here; `say` hears about those that are not. `zones` is a GeoJSON file with the property `id`. */
export function runPeers(ndvi: string, zones: string, say: (text: string) => void): PeerMeasure[] {
  return [runExactExtract, runTerra].flatMap(run => run(ndvi, zones, say) ?? []);
}

type RunPeer = (ndvi: string, zones: string, say: (text: string) => void) => PeerMeasure | undefined;

const runExactExtract: RunPeer = (ndvi, zones, say) => {
  const program = process.env['EXACTEXTRACT'] ?? 'exactextract';
  if (spawnSync(program, ['--help']).status !== 0) {
    say(
      `  exactextract: ${program} cannot be run, not compared; EXACTEXTRACT names the program where it is not on the PATH`,
    );
    return undefined;
  }
  const layer = geoPackageOf(zones);
  if (layer === undefined) {
    say('  exactextract: GDAL could not make its zones');
    return undefined;
  }
  const out = `${zones}.exactextract.csv`;
  rmSync(out, { force: true });
  const argv = ['-r', `ndvi:${ndvi}`, '-p', layer, '-f', 'id', '-s', 'mean(ndvi)', '-o', out];
  const times = timed(program, argv);
  if (times === undefined) {
    say(`  exactextract: failed or took more than ${TIMEOUT_S} s, not compared`);
    return undefined;
  }
  return { name: 'exactextract', format: 'GeoPackage', ...times, means: readMeans(out) };
};

/** The same zones as a GeoPackage, made by GDAL; undefined where that is not installed. */
export function geoPackageOf(zones: string): string | undefined {
  const layer = `${zones}.gpkg`;
  if (existsSync(layer)) return layer;
  const made = spawnSync('ogr2ogr', ['-q', '-nln', 'zones', '-lco', 'FID=row', layer, zones]);
  return made.status === 0 ? layer : undefined;
}

const runTerra: RunPeer = (ndvi, zones, say) => {
  if (spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("terra"))']).status !== 0) {
    say('  terra: not installed here, not compared');
    return undefined;
  }
  const out = `${zones}.terra.csv`;
  say('  terra: running, may take minutes …');
  const script = `suppressMessages(library(terra)); v <- vect("${zones}"); e <- extract(rast("${ndvi}"), v, fun = mean, exact = TRUE, na.rm = TRUE);
    write.csv(data.frame(id = v$id, mean = sprintf("%.17g", e[, 2])), "${out}", row.names = FALSE, quote = FALSE)`;
  const times = timed('Rscript', ['-e', script]);
  if (times === undefined) {
    say(`  terra: failed or took more than ${TIMEOUT_S} s, not compared`);
    return undefined;
  }
  return { name: 'terra', format: 'GeoJSON', ...times, means: readMeans(out) };
};

/** Wall and processor time of a fresh process, as the shell counts them; undefined where it failed. What takes too long is ended with all that it has started. */
function timed(program: string, argv: readonly string[]): { wallMs: number; cpuMs: number } | undefined {
  const quoted = [program, ...argv].map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%R %U %S'; time timeout ${TIMEOUT_S} ${quoted} >/dev/null`],
    {
      encoding: 'utf8',
    },
  );
  const [wall, user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (status !== 0 || wall === undefined || user === undefined || system === undefined) return undefined;
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000 };
}

/** Means of a table `id,mean`. */
export function readMeans(path: string): Map<number, number> {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  return new Map(
    lines.map(line => {
      const [id, mean] = line.split(',');
      return [Number(id?.replaceAll('"', '')), mean === '' || mean === undefined ? NaN : Number(mean)];
    }),
  );
}
