import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import type { MultiPolygon, Polygonal } from '../../../../gis/types.ts';
import { gather, refuse, shapedFrom, type Shaped } from '../shaping/shaped.ts';

/** Whose land a piece is: only in my drawing, only in their event, or in both. */
export type Side = 'mine' | 'theirs' | 'both';

export interface ConflictPiece {
  /** Stable for the same drawing and events. */
  readonly id: string;
  readonly side: Side;
  readonly geometry: MultiPolygon;
  readonly areaM2: number;
  /** Their event; absent where the land is mine alone. */
  readonly eventId?: number | undefined;
}

/** Smaller crumbs are not asked about: they stay as they are drawn. */
const CRUMB_M2 = 1;

/**
 * The land of my drawing and of the events that meet it, cut apart by who claims it: every spot is in one piece only.
 * Of events that overlap each other the latest counts, as in the ledger. Empty where no event meets the drawing.
 */
export function conflictPieces(
  drawing: Polygonal,
  events: readonly { readonly id: number; readonly geometry: Polygonal }[],
): ConflictPiece[] {
  const pieces: ConflictPiece[] = [];
  let mine: Polygonal = drawing;
  let taken: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };
  for (const { id, geometry } of [...events].sort((a, b) => b.id - a.id)) {
    const own = without(geometry, taken);
    taken = gather([taken, geometry]);
    const both = partsFrom('both', own && overlay(drawing, own, 'intersection'), id);
    if (both.length === 0) continue;
    pieces.push(...both, ...partsFrom('theirs', own && without(own, drawing), id));
    mine = without(mine, geometry) ?? mine;
  }
  return pieces.length === 0 ? [] : [...partsFrom('mine', gather([mine]), undefined), ...pieces];
}

/** What my drawing becomes when the pieces named in `kept` are in it, and the others are not. */
export function settled(drawing: Polygonal, pieces: readonly ConflictPiece[], kept: ReadonlySet<string>): Shaped {
  const leave = pieces.filter(({ id, side }) => side !== 'theirs' && !kept.has(id));
  const take = pieces.filter(({ id, side }) => side === 'theirs' && kept.has(id));
  if (leave.length === 0 && take.length === 0) return { ok: true, geometry: gather([drawing]) };
  const left = overlay(drawing, gather(leave.map(({ geometry }) => geometry)), 'difference');
  if (left === undefined) return refuse('unresolvable');
  return shapedFrom(drawing, overlay(left, gather(take.map(({ geometry }) => geometry)), 'union'));
}

/** Pieces that are in my drawing as it was drawn. */
export const asMine = (pieces: readonly ConflictPiece[]): ReadonlySet<string> =>
  new Set(pieces.filter(({ side }) => side !== 'theirs').map(({ id }) => id));

const without = (land: Polygonal, other: Polygonal): MultiPolygon | undefined => overlay(land, other, 'difference');

function partsFrom(side: Side, land: MultiPolygon | undefined, eventId: number | undefined): ConflictPiece[] {
  return (land?.coordinates ?? [])
    .map(rings => ({ type: 'MultiPolygon', coordinates: [rings] }) as const)
    .map(geometry => ({ geometry, areaM2: polygonAreaM2(geometry) }))
    .filter(({ areaM2 }) => areaM2 >= CRUMB_M2)
    .sort((a, b) => b.areaM2 - a.areaM2)
    .map(({ geometry, areaM2 }, index) => ({
      id: `${side}-${eventId ?? ''}-${index}`,
      side,
      geometry,
      areaM2,
      eventId,
    }));
}
