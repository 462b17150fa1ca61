import type { Map as GlMap } from 'maplibre-gl';
import { partsOf } from '../../../gis/parts-of.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { session } from '../../state/editing/store.ts';
import { isSnapping, tellCaught } from '../../state/editing/tools/snapping/caught.ts';
import {
  snapTarget,
  snapTo,
  type Reach,
  type Snap,
  type SnapOwner,
  type SnapTarget,
} from '../../state/editing/tools/snapping/snap-to.ts';
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
 * ring of the drawing falls on it, and is told whose it is. `without` leaves out the rings that are in hand.
 */
export function snapHere(position: Position, reach: Reach, without: ReadonlySet<string> = new Set()): Snap | undefined {
  const snap = isSnapping.peek() ? snapTo(position, reach, [...ledgerTargets(), ...ownTargets(without)]) : undefined;
  tellCaught(snap);
  return snap;
}

/** The same for a tool that does nothing else: tracing follows what it catches, also where catching is turned off. */
export function catchHere(position: Position, reach: Reach): Snap | undefined {
  const snap = snapTo(position, reach, [...ledgerTargets(), ...ownTargets(new Set())]);
  tellCaught(snap);
  return snap;
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
  const cells = (partition.data.peek()?.features ?? []).flatMap(({ geometry, properties: { stage } }) =>
    targetsOf(geometry, { kind: 'cell', stage }),
  );
  const limits = (boundaries.data.peek() ?? []).flatMap(({ geometry, kind }) =>
    targetsOf(geometry, { kind: 'boundary', boundary: kind }),
  );
  const sites = (facilities.data.peek() ?? []).flatMap(({ geometry, type, nameZh, nameEn }) =>
    geometry === null ? [] : targetsOf(geometry, { kind: 'facility', type, nameZh, nameEn }),
  );
  return [...cells, ...limits, ...sites];
}

function targetsOf(geometry: Polygonal, owner: SnapOwner): readonly SnapTarget[] {
  let targets = known.get(geometry);
  if (targets === undefined) {
    const rings = partsOf(geometry).flat();
    known.set(geometry, (targets = rings.map(ring => snapTarget(ring, owner))));
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
