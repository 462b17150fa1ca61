import type { Map as GlMap } from 'maplibre-gl';
import { partsOf } from '../../../gis/parts-of.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { session } from '../../state/editing/store.ts';
import { snapTarget, snapTo, type Reach, type Snap, type SnapTarget } from '../../state/editing/tools/snap-to.ts';
import { partition } from '../../state/mine/land.ts';
import { boundaries, facilities } from '../../state/mine/places.ts';
import { reachPx } from './pointer.ts';

/** The reach of a pointer in degrees where the map is now. */
export function reachAt(map: GlMap, [lng, lat]: Position, pixels = reachPx()): Reach {
  const at = map.project([lng, lat]);
  const [east, north] = [map.unproject([at.x + pixels, at.y]), map.unproject([at.x, at.y - pixels])];
  return { lng: Math.abs(east.lng - lng), lat: Math.abs(north.lat - lat) };
}

/**
 * New land joins land that is there: a corner near a corner or an edge of a cell, a boundary, a facility or another
 * ring of the drawing falls on it. `without` leaves out the rings that are in hand.
 */
export function snapHere(position: Position, reach: Reach, without: ReadonlySet<string> = new Set()): Snap | undefined {
  return snapTo(position, reach, [...ledgerTargets(), ...ownTargets(without)]);
}

/** The drawing library's question where a corner should fall; it does not export the name of this function type. */
type SnapToCustom = (
  event: { readonly lng: number; readonly lat: number; readonly containerX: number; readonly containerY: number },
  context: { readonly project: (lng: number, lat: number) => { readonly x: number; readonly y: number } },
) => [number, number] | undefined;

/** The same, in the drawing library's words. */
export function snapToLedger(distancePx: number): SnapToCustom {
  return (event, { project }) => {
    const [step, here] = [1e-4, project(event.lng, event.lat)];
    const there = project(event.lng + step, event.lat + step);
    const reach = {
      lng: (distancePx * step) / Math.abs(there.x - here.x),
      lat: (distancePx * step) / Math.abs(there.y - here.y),
    };
    const snap = snapHere([event.lng, event.lat], reach);
    return snap && [snap.position[0], snap.position[1]];
  };
}

const known = new WeakMap<object, readonly SnapTarget[]>();

export function ledgerTargets(): SnapTarget[] {
  const cells = partition.data.peek()?.features ?? [];
  const limits = boundaries.data.peek() ?? [];
  const sites = facilities.data.peek() ?? [];
  return [...cells, ...limits, ...sites].flatMap(({ geometry }) => (geometry === null ? [] : targetsOf(geometry)));
}

function targetsOf(geometry: Polygonal): readonly SnapTarget[] {
  let targets = known.get(geometry);
  if (targets === undefined) {
    const parts = partsOf(geometry);
    known.set(geometry, (targets = parts.flat().map(snapTarget)));
  }
  return targets;
}

function ownTargets(without: ReadonlySet<string>): SnapTarget[] {
  return session
    .peek()
    .rings.filter(ring => !without.has(ring.id))
    .map(({ positions }) => {
      const cached = known.get(positions)?.[0];
      if (cached !== undefined) return cached;
      const target = snapTarget(positions);
      known.set(positions, [target]);
      return target;
    });
}
