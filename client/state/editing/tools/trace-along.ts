import { batch, computed, signal } from '@preact/signals';
import { boxOf } from '../../../../gis/geometry/position/box.ts';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { Box, Polygonal, Position } from '../../../../gis/types.ts';
import type { BoundaryKind, Stage } from '../../../api/shapes/codes.ts';
import { partition } from '../../mine/land.ts';
import { boundaries, facilities } from '../../mine/places.ts';
import { camera } from '../../view.ts';
import { liveRings, tool } from '../store.ts';
import { traced } from './tracing.ts';
import { addPoint, type Stroke } from './trace-stroke.ts';

/** A ring that an outline may follow, chosen by name. */
export interface Neighbour {
  readonly key: string;
  /** Closed, as it was loaded: the same ring that a click on the map catches. */
  readonly ring: readonly Position[];
  readonly stage?: Stage | undefined;
  readonly boundary?: BoundaryKind | undefined;
  readonly nameZh?: string | null | undefined;
  readonly nameEn?: string | null | undefined;
}

/** A stretch of a neighbour's border that is being chosen: corners by their place in the ring, from 0. */
export interface Stretch {
  readonly neighbour: Neighbour;
  readonly from: number;
  readonly to: number;
  readonly isOtherWay: boolean;
}

const MAX_LISTED = 40;

export const stretch = signal<Stretch | null>(null);

/** Rings to follow, those nearest to the stroke, the drawing or the middle of the map first. */
export const neighbours = computed<readonly Neighbour[]>(() => {
  if (tool.value !== 'trace') return [];
  const cells = (partition.data.value?.features ?? []).flatMap(({ id, geometry, properties: { stage } }) =>
    ringsOf(`cell-${id}`, geometry, { stage }),
  );
  const outlines = (boundaries.data.value ?? []).flatMap(({ id, geometry, kind }) =>
    ringsOf(`boundary-${id}`, geometry, { boundary: kind }),
  );
  const sites = (facilities.data.value ?? []).flatMap(({ id, geometry, nameZh, nameEn }) =>
    geometry === null ? [] : ringsOf(`facility-${id}`, geometry, { nameZh, nameEn }),
  );
  const at = traced.value.at(-1)?.position ?? here();
  return [...cells, ...sites, ...outlines]
    .map(one => ({
      one,
      away: at === undefined ? 0 : distance(at, boxOf({ type: 'Polygon', coordinates: [one.ring] })),
    }))
    .sort((a, b) => a.away - b.away)
    .slice(0, MAX_LISTED)
    .map(({ one }) => one);
});

const ringsOf = (key: string, geometry: Polygonal, about: Omit<Neighbour, 'key' | 'ring'>): Neighbour[] =>
  partsOf(geometry)
    .flat()
    .map((ring, index) => ({ key: `${key}-${index}`, ring, ...about }));

export const cornerCount = ({ ring }: Neighbour): number => ring.length - 1;

/** Opens a neighbour at its corner nearest to where the stroke or the map is. */
export function chooseNeighbour(neighbour: Neighbour): void {
  const at = traced.peek().at(-1)?.position ?? here();
  const count = cornerCount(neighbour);
  const away = ([lng, lat]: Position): number => (at === undefined ? 0 : Math.hypot(lng - at[0], lat - at[1]));
  let from = 0;
  for (let corner = 1; corner < count; corner++) {
    if (away(neighbour.ring[corner] as Position) < away(neighbour.ring[from] as Position)) from = corner;
  }
  stretch.value = { neighbour, from, to: (from + 1) % count, isOtherWay: false };
}

export function changeStretch(change: Partial<Omit<Stretch, 'neighbour'>>): void {
  const now = stretch.peek();
  if (now !== null) stretch.value = { ...now, ...change };
}

/** The stroke with the stretch at its end; undefined where the chosen corners are none, or one. */
export function withStretch(
  stroke: Stroke,
  { neighbour: { ring }, from, to, isOtherWay }: Stretch,
): Stroke | undefined {
  const [start, end] = [ring[from], ring[to]];
  if (start === undefined || end === undefined || from === to) return undefined;
  const last = stroke.at(-1)?.position;
  const isThere = last !== undefined && last[0] === start[0] && last[1] === start[1];
  const begun = isThere
    ? stroke.map((point, i) =>
        i === stroke.length - 1 ? { ...point, on: [...point.on, { ring, corner: from }] } : point,
      )
    : addPoint(stroke, start, [{ ring, corner: from }]);
  return [...begun, { position: end, on: [{ ring, corner: to }], isOtherWay }];
}

/** Adds the stretch to the stroke, and goes on from its end. */
export function takeStretch(): void {
  const now = stretch.peek();
  const next = now === null ? undefined : withStretch(traced.peek(), now);
  if (now === null || next === undefined) return;
  batch(() => {
    traced.value = next;
    changeStretch({ from: now.to, to: (now.to + 1) % cornerCount(now.neighbour), isOtherWay: false });
  });
}

/** The middle of the drawing, else of the map. */
function here(): Position | undefined {
  const box = boxOf({ type: 'Polygon', coordinates: [liveRings.value.flatMap(({ positions }) => positions)] });
  if (box !== undefined) return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return camera.value === null ? undefined : [camera.value.lng, camera.value.lat];
}

function distance([lng, lat]: Position, box: Box | undefined): number {
  if (box === undefined) return Infinity;
  return Math.hypot(Math.max(box[0] - lng, 0, lng - box[2]), Math.max(box[1] - lat, 0, lat - box[3]));
}
