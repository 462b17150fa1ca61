import type { BiodiversityService } from '../../../biodiversity/biodiversity.service.ts';
import type { FacilitiesService } from '../../../facilities/facilities.service.ts';
import type { LandService } from '../../../land/land.service.ts';
import type { MineItem } from '../../../mines/mines.contract.ts';
import type { BoundariesService } from '../../../mines/boundaries.service.ts';
import type { MinesService } from '../../../mines/mines.service.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Classes, Feature, Field, Value } from '../../formats/export-layer.ts';
import type { ExportQuery } from '../export.contract.ts';

/** The services that exports read through: every rule of who sees what is theirs. */
export interface ExportRooms {
  readonly mines: MinesService;
  readonly boundaries: BoundariesService;
  readonly land: LandService;
  readonly facilities: FacilitiesService;
  readonly biodiversity: BiodiversityService;
}

export interface Reading {
  readonly rooms: ExportRooms;
  readonly viewer: Viewer;
  readonly query: ExportQuery;
  /** Today in UTC where the query names no day. */
  readonly asAt: string;
}

/** What can be exported under one name. Geometry in EPSG:4326, a mine at a time. */
export interface ExportSource {
  readonly title: { readonly zh: string; readonly en: string };
  readonly geometry: 'polygons' | 'points';
  readonly fields: readonly Field[];
  readonly classes: Classes | null;
  readonly label: { readonly en: string; readonly zh: string };
  read(reading: Reading, mine: MineItem): AsyncIterable<Feature>;
  readSurveys?(reading: Reading, mine: MineItem): AsyncIterable<Readonly<Record<string, Value>>>;
}

/** The values of `MINE_FIELDS`. */
export const mineValues = (mine: MineItem): Readonly<Record<string, Value>> => ({
  mineId: mine.id,
  mineCode: mine.code,
  mineNameZh: mine.nameZh,
  mineNameEn: mine.nameEn,
});

/** Every item of a paged list. */
export async function* everyItem<T>(
  list: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
