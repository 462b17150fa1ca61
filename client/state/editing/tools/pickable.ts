import { computed } from '@preact/signals';
import { contains } from '../../../../gis/geometry/position/locate.ts';
import { boxOf } from '../../../../gis/geometry/position/box.ts';
import type { Box, Polygonal, Position } from '../../../../gis/types.ts';
import type { Stage } from '../../../api/shapes/codes.ts';
import { partition } from '../../mine/land.ts';
import { facilities, habitats } from '../../mine/places.ts';
import { camera } from '../../view.ts';
import { liveRings, tool } from '../store.ts';
import { combineWith, copyLand } from './commands.ts';

/** Land that a tool may take up: what this viewer has been told of the open mine. */
export interface Pickable {
  readonly key: string;
  readonly kind: 'cell' | 'facility' | 'habitat';
  readonly geometry: Polygonal;
  readonly areaM2: number;
  readonly stage?: Stage | undefined;
  readonly nameZh?: string | null | undefined;
  readonly nameEn?: string | null | undefined;
}

export const PICK_TOOLS: ReadonlySet<string> = new Set(['merge', 'cut-out', 'copy']);
/** A list longer than this is no list; the map has the rest. */
const MAX_LISTED = 40;

/** Candidates for the tool in hand, those nearest to the drawing first. */
const pickables = computed<readonly Pickable[]>(() => {
  if (!PICK_TOOLS.has(tool.value)) return [];
  const cells = (partition.data.value?.features ?? []).map(({ id, geometry, properties }): Pickable => ({
    key: `cell-${id}`,
    kind: 'cell',
    geometry,
    areaM2: properties.areaM2,
    stage: properties.stage,
  }));
  const sites = (facilities.data.value ?? []).flatMap(({ id, geometry, areaM2, nameZh, nameEn }): Pickable[] =>
    geometry === null
      ? []
      : [{ key: `facility-${id}`, kind: 'facility', geometry, areaM2: areaM2 ?? 0, nameZh, nameEn }],
  );
  const patches = (habitats.data.value ?? []).flatMap(({ id, geometry, areaM2, nameZh, nameEn }): Pickable[] =>
    geometry === null ? [] : [{ key: `habitat-${id}`, kind: 'habitat', geometry, areaM2: areaM2 ?? 0, nameZh, nameEn }],
  );
  const all =
    tool.value === 'merge' ? cells : tool.value === 'copy' ? [...cells, ...sites] : [...cells, ...sites, ...patches];
  const from = centre();
  const away = (one: Pickable): number => (from === undefined ? 0 : distance(from, boxOf(one.geometry)));
  return all
    .map(one => ({ one, away: away(one) }))
    .sort((a, b) => a.away - b.away)
    .map(({ one }) => one);
});

export const listedPickables = computed(() => pickables.value.slice(0, MAX_LISTED));

/** The smallest land under a position: what lies on top is what is meant. */
export const pickAt = (position: Position): Pickable | undefined =>
  pickables
    .peek()
    .filter(({ geometry }) => contains(geometry, position))
    .sort((a, b) => a.areaM2 - b.areaM2)[0];

/** Does with a piece of land what the tool in hand is for. */
export function pick({ geometry }: Pickable): void {
  const now = tool.peek();
  if (now === 'copy') copyLand(geometry);
  else if (now === 'merge' || now === 'cut-out') combineWith(now, [geometry]);
}

/** The middle of the drawing, or of the map where nothing is drawn. */
function centre(): Position | undefined {
  const positions = liveRings.value.flatMap(ring => ring.positions);
  const at = camera.value;
  const middle = boxOf({ type: 'Polygon', coordinates: [positions] });
  if (middle !== undefined) return [(middle[0] + middle[2]) / 2, (middle[1] + middle[3]) / 2];
  return at === null ? undefined : [at.lng, at.lat];
}

/** From a position to a box, 0 inside: degrees, good enough for an order. */
function distance([lng, lat]: Position, box: Box | undefined): number {
  if (box === undefined) return Infinity;
  return Math.hypot(Math.max(box[0] - lng, 0, lng - box[2]), Math.max(box[1] - lat, 0, lat - box[3]));
}
