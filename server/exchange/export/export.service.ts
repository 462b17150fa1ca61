import { projectPolygon } from '../../../gis/crs/project-polygon.ts';
import { projectorFor } from '../../../gis/crs/projector.ts';
import type { MineItem } from '../../mines/mines.contract.ts';
import { AppError } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { FORMATS, type ExportFormat } from '../formats/export-formats.ts';
import type { ExportLayer, Feature } from '../formats/export-layer.ts';
import { assertInZone, chooseCrs, type KnownCrs } from './choose-crs.ts';
import type { ExportQuery } from './export.contract.ts';
import { exportNotes } from './export-notes.ts';
import type { ExportRooms, ExportSource, Reading } from './layers/export-source.ts';
import { withAreas } from './layers/fields.ts';
import { EXPORT_SOURCES } from './layers/export-sources.ts';
import { listSelectedMines } from './layers/selected-mines.ts';
import { createScratchFolders } from '../scratch-folders.ts';
import { createTurns } from '../turns.ts';

/** A whole file on disk, there until `discard`. */
export interface ExportedFile {
  readonly path: string;
  readonly name: string;
  readonly mediaType: string;
  readonly crs: string;
  readonly records: number;
  readonly leftOut: number;
  discard(): Promise<void>;
}

export interface ExportService {
  /**
   * Writes what the viewer may see of a selection into one file. Nothing of a file that could not be finished is left.
   * @throws AppError `export-…`, `not-found` (mine), `known-at-not-public`
   */
  write(viewer: Viewer, query: ExportQuery, signal?: AbortSignal): Promise<ExportedFile>;
  /** Removes what was begun before and lost with its process. */
  clearUnfinished(beforeMs: number): Promise<void>;
}

/** Who has not signed in waits in a line of their own: anybody may fill that, and nobody else waits behind it. */
const TURNS = { signedIn: { atOnce: 2, longestLine: 40 }, public: { atOnce: 1, longestLine: 20 } } as const;
const MAX_RECORDS = 500_000;
const MAX_POSITIONS = 20_000_000;

export function createExportService(deps: ExportRooms & { dataDir: string; now?: () => Date }): ExportService {
  const { dataDir, now = () => new Date(), ...rooms } = deps;
  const folders = createScratchFolders(dataDir, 'exports');
  const signedInTurn = createTurns({ ...TURNS.signedIn, busyCode: 'export-busy' });
  const publicTurn = createTurns({ ...TURNS.public, busyCode: 'export-busy' });

  return {
    clearUnfinished: beforeMs => folders.clear(beforeMs),

    async write(viewer, query, signal) {
      const format = { id: query.format, ...(FORMATS[query.format] satisfies ExportFormat as ExportFormat) };
      const source = EXPORT_SOURCES[query.what];
      assertSuitable(query, format, source);
      const encoding = query.encoding ?? format.encodings[0] ?? 'utf-8';
      if (!format.encodings.includes(encoding)) {
        throw new AppError('export-encoding-unsuitable', {
          encoding,
          format: format.id,
          possible: format.encodings.join(', '),
        });
      }
      const mines = await listSelectedMines(rooms.mines, viewer, query);
      const crs = chooseCrs(
        query.crs,
        format,
        mines.flatMap(({ bbox }) => (bbox === null ? [] : [bbox])),
      );
      const day = now().toISOString().slice(0, 10);
      const reading: Reading = { rooms, viewer, query, asAt: query.asAt ?? day };
      const layer = layerOf(query.what, source, reading, mines, crs, signal);
      const inTurn = viewer.role === 'public' ? publicTurn : signedInTurn;
      return inTurn(async () => {
        const folder = await folders.make();
        try {
          const sheet = { paper: query.paper ?? 'a3', scale: query.scale ?? null } as const;
          const notes = exportNotes(viewer, query, mines, reading.asAt, day);
          const { path, records, leftOut } = await format.write({ layer, crs, encoding, notes, sheet, folder });
          const selection = mines.length === 1 ? (mines[0] as MineItem).code : 'mines';
          return {
            path,
            name: `regreen-${query.what}-${selection}-${reading.asAt}.${format.extension}`,
            mediaType: format.mediaType,
            crs: crs.code,
            records,
            leftOut,
            discard: () => folders.remove(folder),
          };
        } catch (error) {
          await folders.remove(folder);
          throw error;
        }
      });
    },
  };
}

function assertSuitable(query: ExportQuery, format: ExportFormat & { id: string }, source: ExportSource): void {
  const holds = format.geometry.includes(source.geometry) && (format.layers?.includes(query.what) ?? true);
  if (!holds) throw new AppError('export-format-unsuitable', { what: query.what, format: format.id });
  for (const name of ['paper', 'scale'] as const) {
    if (query[name] !== undefined && query.format !== 'pdf')
      throw new AppError('export-of-pdf-only', { parameter: name });
  }
  for (const name of ['stage', 'knownAt'] as const) {
    if (query[name] !== undefined && query.what !== 'land')
      throw new AppError('export-of-land-only', { parameter: name });
  }
}

function layerOf(
  name: string,
  source: ExportSource,
  reading: Reading,
  mines: readonly MineItem[],
  crs: KnownCrs,
  signal: AbortSignal | undefined,
): ExportLayer {
  const { title, geometry, fields, classes, label } = source;
  async function* features(): AsyncGenerator<Feature> {
    let records = 0;
    let positions = 0;
    for (const mine of mines) {
      signal?.throwIfAborted();
      for await (const feature of source.read(reading, mine)) {
        records += 1;
        positions += positionCount(feature);
        if (records > MAX_RECORDS) throw new AppError('export-too-large', { limit: `${MAX_RECORDS} records` });
        if (positions > MAX_POSITIONS) throw new AppError('export-too-large', { limit: `${MAX_POSITIONS} points` });
        yield { ...feature, values: withAreas(feature.values), geometry: projected(feature.geometry, crs) };
      }
    }
  }
  async function* surveys(): AsyncGenerator<Feature['values']> {
    for (const mine of mines) yield* source.readSurveys?.(reading, mine) ?? [];
  }
  return { name, title, geometry, fields, classes, label, features, surveys };
}

function positionCount({ geometry }: Feature): number {
  if (geometry === null || geometry.type === 'Point') return 1;
  let count = 0;
  for (const rings of geometry.coordinates) for (const ring of rings) count += ring.length;
  return count;
}

/** Vertices only: a point more on an edge would be a point that the ledger does not have. */
function projected(geometry: Feature['geometry'], crs: KnownCrs): Feature['geometry'] {
  if (geometry === null) return null;
  const isPoint = geometry.type === 'Point';
  const first = isPoint ? geometry.coordinates : geometry.coordinates[0]?.[0]?.[0];
  if (first !== undefined) assertInZone(crs, first[0]);
  return isPoint
    ? { type: 'Point', coordinates: projectorFor(crs).forward(geometry.coordinates) }
    : projectPolygon(geometry, crs);
}
