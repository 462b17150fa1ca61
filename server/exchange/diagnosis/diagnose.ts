import { roundedM2 } from '../../../gis/area-wording.ts';
import { polygonAreaM2, polygonPerimeterM } from '../../../gis/earth/polygon-area.ts';
import type { OffsetDatum } from '../../../gis/crs/china-offset.ts';
import { boxOf } from '../../../gis/geometry/position/box.ts';
import { isSliver } from '../../../gis/ledger/moves.ts';
import type { Wording } from '../../../gis/ledger/vocabulary.ts';
import type { Box, MultiPolygon, Position } from '../../../gis/types.ts';
import { openSurveyFile } from '../survey-files/open-survey-file.ts';
import { IMPORT_LIMITS } from '../survey-files/limits.ts';
import type { AttributeValue, LayersBefore, SurveyFile, SurveyFormat } from '../survey-files/survey-file.ts';
import { UnreadableFile } from '../survey-files/unreadable-file.ts';
import type { CoordinateReading } from './coordinates/coordinate-reading.ts';
import { cornerNames, type CornerNames } from './rows/corner-names.ts';
import { checkDeclaredArea, planeAreaM2 } from './rows/declared-area.ts';
import { findCoordinates, type FoundCoordinates } from './coordinates/find-coordinates.ts';
import type { Finding } from './finding.ts';
import { FindingList, type RowFaults } from './finding-list.ts';
import type { Fixes } from './fixes.ts';
import type { Ground } from './ground.ts';
import { PointBook } from './gaps/point-book.ts';
import { recordedNear, type RecordedLand } from './gaps/recorded-land.ts';
import { fillsGaps, settleGaps } from './gaps/settle-gaps.ts';
import { findNeighbours } from './rows/neighbours.ts';
import { moveOf } from './coordinates/move-of.ts';
import { FAR_KM, kilometresBetween, tellBeyond, tellFar } from './rows/distance-from-mine.ts';
import { placeLayer, type DiagnosedLayer } from './rows/place-layer.ts';
import { LEAVE_OUT, placeRow } from './rows/place-row.ts';
import type { PlacedRing } from './rows/points-at.ts';
import { checkPointNumbers } from './rows/point-numbers.ts';
import { RowReader } from './rows/row-reader.ts';
import { RowStore } from './rows/row-store.ts';

/** A row that is ready to be written. Areas m². */
export interface ReadyRow {
  readonly number: number;
  readonly name: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly geometry: MultiPolygon;
  /** Whether the outline was judged as it is, without being mended or changed afterwards. */
  readonly isJudged: boolean;
  readonly areaM2: number;
  readonly planeAreaM2: number | undefined;
  readonly declaredAreaM2: number | undefined;
  /** What the file calls its corners; of the first rows alone, which somebody may look at. */
  readonly points?: CornerNames | undefined;
}

export interface Diagnosis {
  readonly format: SurveyFormat | null;
  readonly encoding: string | null;
  readonly crs: {
    readonly declared: string | null;
    readonly detected: string | null;
    readonly used: string | null;
    /** Of the system that is used. */
    readonly name?: Wording | undefined;
  };
  readonly order: CoordinateReading['order'] | null;
  readonly notation: CoordinateReading['notation'] | null;
  readonly fields: readonly string[];
  /** Of a drawing: its layers with outlines. Empty for other formats. */
  readonly layers: readonly DiagnosedLayer[];
  readonly rowCount: number;
  readonly readyCount: number;
  readonly areaM2: number;
  readonly box: Box | null;
  /** Rows on whose land another row lies too, by number. */
  readonly meeting: readonly number[];
  readonly errorCount: number;
  readonly faults: RowFaults;
  /** Numbers of rows that cannot be written as they are. */
  readonly unready: readonly number[];
  readonly findings: readonly Finding[];
}

export interface DiagnosisRequest {
  readonly path: string;
  readonly fileName: string;
  readonly scratch: string;
  readonly fixes: Fixes;
  readonly ground: Ground;
  /** Words of the file itself about the map it was drawn on. */
  readonly offsetInText?: OffsetDatum | undefined;
  readonly layersBefore?: LayersBefore | undefined;
  /** The land of the mine in the ledger; absent = there is none to be told. */
  readonly recorded?: RecordedLand | undefined;
  readonly onRow: (row: ReadyRow) => void;
  /** Rows that cannot be written: their rings as they were drawn, to be looked at. */
  readonly onBroken?: ((row: number, rings: readonly (readonly Position[])[]) => void) | undefined;
}

const MOST_METRES_PER_DEGREE = 111_700;

/** Reads a file from end to end, says everything that can be said of it, and hands on the rows that could be written. */
export async function diagnose(request: DiagnosisRequest): Promise<Diagnosis> {
  const list = new FindingList();
  const state: Totals = { rowCount: 0, readyCount: 0, areaM2: 0, box: undefined, unready: [] };
  let file: SurveyFile | undefined;
  let found: ReturnType<typeof findCoordinates> | undefined;
  let meeting: ReadonlySet<number> = new Set();
  try {
    const { path, fileName, scratch, fixes, layersBefore } = request;
    file = await openSurveyFile({ path, fileName, scratch, choices: fixes, layersBefore, report: list.report });
    const rows = new RowReader(file, list.report);
    const { box } = request.ground;
    const sampleRows = () => rows.sampleRows();
    found = findCoordinates(file.coordinates, rows.samplePoints(), fixes, box, list.report, sampleRows);
    for (const { finding, at } of file.remarks ?? []) list.report(placed(finding, found.reading?.place(...at)));
    const { reading, ofRow } = found;
    if (reading !== undefined) meeting = await judgeRows(request, file, rows, { reading, ofRow }, list, state);
    else state.rowCount = rows.countAll();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    list.report(error.finding);
  } finally {
    file?.close?.();
  }
  const reading = found?.reading;
  return {
    format: file?.format ?? null,
    encoding: file?.encoding ?? null,
    crs: {
      declared: file?.declaredCrs ?? null,
      detected: found?.detected ?? null,
      used: reading === undefined ? null : (reading.crs.code ?? reading.crs.nameEn),
      ...(reading === undefined ? {} : { name: nameOf(reading) }),
    },
    order: reading?.order ?? null,
    notation: reading?.notation ?? null,
    fields: file?.fields ?? [],
    layers: (file?.layers ?? []).map(layer => placeLayer(layer, reading)),
    ...state,
    box: state.box ?? null,
    meeting: [...meeting],
    errorCount: list.errorCount,
    faults: list.faults,
    findings: list.all(),
  };
}

const leftOut = (row: number): Finding => ({ code: 'row-left-out', severity: 'warning', row });

const nameOf = ({ crs: { nameEn, nameZh = nameEn } }: CoordinateReading): Wording => ({ en: nameEn, zh: nameZh });

const placed = (finding: Finding, position: Position | undefined): Finding =>
  position?.every(Number.isFinite) === true ? { ...finding, position } : finding;

interface Totals {
  rowCount: number;
  readyCount: number;
  areaM2: number;
  box: Box | undefined;
  unready: number[];
}

async function judgeRows(
  request: DiagnosisRequest,
  file: SurveyFile,
  rows: RowReader,
  { reading, ofRow }: { readonly reading: CoordinateReading } & Pick<FoundCoordinates, 'ofRow'>,
  list: FindingList,
  state: Totals,
): Promise<ReadonlySet<number>> {
  const { fixes, ground } = request;
  const move = moveOf(request, file, rows, reading, list.report);
  if (move === undefined) {
    state.rowCount = rows.countAll();
    return new Set();
  }
  const store = new RowStore();
  const points = new PointBook();
  /** Rows that may still change, in the order of the store. */
  const held: (Omit<ReadyRow, 'geometry'> & { readonly rings: readonly PlacedRing[] })[] = [];
  let shownVertices = 0;
  let nearest = Infinity;
  for (const row of rows) {
    state.rowCount++;
    if (row.shape === undefined) {
      list.report({ code: 'row-without-outline', severity: 'warning', row: row.number });
      state.unready.push(row.number);
      continue;
    }
    const own = ofRow?.get(row.number) ?? reading;
    checkPointNumbers(row, (first, second) => move(own.place(first, second)), list.report);
    const placed = placeRow(row, row.shape, own, move, fixes, list.report);
    for (const code of placed.repairs) {
      if (code !== 'snapped-coordinates') list.report({ code, severity: 'info', row: row.number });
    }
    const { geometry } = placed;
    const box = geometry && boxOf(geometry);
    if (geometry === undefined || box === undefined) {
      request.onBroken?.(
        row.number,
        placed.rings.map(ring => ring.positions),
      );
      if (placed.isLeftOut === true) list.report(leftOut(row.number));
      state.unready.push(row.number);
      continue;
    }
    const areaM2 = polygonAreaM2(geometry);
    if (isTooSmall(geometry, areaM2)) {
      const params = { areaM2: roundedM2(areaM2) };
      if (fixes.leaveOut === true) list.report(leftOut(row.number));
      else list.report({ code: 'row-too-small', severity: 'error', row: row.number, params, fix: LEAVE_OUT });
      state.unready.push(row.number);
      continue;
    }
    const isSurveyed = row.declaredAreaM2 !== undefined || row.shape.kind === 'rings';
    const planeM2 = isSurveyed ? planeAreaM2(geometry) : undefined;
    const finding = checkDeclaredArea(
      row.number,
      row.declaredAreaM2,
      { ellipsoidalM2: areaM2, planeM2: planeM2 ?? areaM2 },
      fixes,
    );
    if (finding !== undefined) list.report(finding);
    nearest = Math.min(nearest, kilometresBetween(box, ground.box));
    if (nearest < FAR_KM) tellBeyond(ground, geometry, row.number, list.report);
    store.add(row.number, geometry, box);
    points.add(row.number, placed.rings);
    state.readyCount++;
    state.areaM2 += areaM2;
    state.box = state.box === undefined ? box : widen(state.box, box);
    const { number, name, attributes, declaredAreaM2 } = row;
    const { isJudged } = placed;
    const ready = { number, name, attributes, isJudged, areaM2, planeAreaM2: planeM2, declaredAreaM2 };
    shownVertices += placed.rings.reduce((sum, { positions }) => sum + positions.length, 0);
    const isShown = state.readyCount <= IMPORT_LIMITS.shownRows && shownVertices <= IMPORT_LIMITS.shownVertices;
    const rings = isShown ? placed.rings : [];
    if (fillsGaps(fixes)) held.push({ ...ready, rings });
    else request.onRow({ ...ready, geometry, points: cornerNames(geometry, rings) });
  }
  if (state.readyCount === 0 && list.errorCount === 0) list.report({ code: 'no-rows', severity: 'error' });
  if (nearest >= FAR_KM && Number.isFinite(nearest)) tellFar(nearest, fixes, list.report);
  const beside = await recordedNear(store, request.recorded);
  if (!beside.isComplete) list.report({ code: 'gaps-to-recorded-not-checked', severity: 'info' });
  const changed = settleGaps(store, beside.land, ground, fixes, points, list.report);
  const final = changed.size === 0 ? store : withChanges(store, changed);
  for (const [index, { rings, ...row }] of held.entries()) {
    const geometry = final.geometry(index);
    const areaM2 = changed.has(index) ? polygonAreaM2(geometry) : row.areaM2;
    const planeM2 = changed.has(index) && row.planeAreaM2 !== undefined ? planeAreaM2(geometry) : row.planeAreaM2;
    state.areaM2 += areaM2 - row.areaM2;
    const isJudged = row.isJudged && !changed.has(index);
    request.onRow({ ...row, geometry, isJudged, areaM2, planeAreaM2: planeM2, points: cornerNames(geometry, rings) });
  }
  const { findings, meeting } = findNeighbours(final, fixes.acceptOverlaps === true);
  for (const finding of findings) list.report(finding);
  return meeting;
}

function withChanges(store: RowStore, changed: ReadonlyMap<number, MultiPolygon>): RowStore {
  const copy = new RowStore();
  for (let index = 0; index < store.size; index++) {
    const geometry = changed.get(index) ?? store.geometry(index);
    copy.add(store.row(index), geometry, boxOf(geometry) ?? store.box(index));
  }
  return copy;
}

/** The perimeter is only measured where a bound of it, far quicker to find, leaves a doubt. */
function isTooSmall(geometry: MultiPolygon, areaM2: number): boolean {
  let boundM = 0;
  for (const ring of geometry.coordinates.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [from, to] = [ring[i - 1] as Position, ring[i] as Position];
      boundM += (Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1])) * MOST_METRES_PER_DEGREE;
    }
  }
  return isSliver(areaM2, boundM) && isSliver(areaM2, polygonPerimeterM(geometry));
}

const widen = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
