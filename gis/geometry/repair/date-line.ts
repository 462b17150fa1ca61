import { longitudeDifferenceDeg } from '../../earth/geodesic.ts';
import { partsOf } from '../../parts-of.ts';
import type { MultiPolygon, Polygonal, Position, Ring } from '../../types.ts';
import { normalisePolygonal } from '../normalise.ts';
import { coveredPolygons } from './polygons-of-edges.ts';

/**
 * Cuts a polygon that runs over the 180° meridian into parts on either side of it (RFC 7946, 3.1.9). Edges are taken the
 * short way round. Undefined for a ring round a pole, which cannot be cut so.
 */
export function splitAtDateLine(geometry: Polygonal): MultiPolygon | undefined {
  const parts = partsOf(geometry);
  const pieces: Ring[][] = [];
  for (const rings of parts) {
    const [shell, ...holes] = rings.map(unroll);
    if (shell === undefined || shell.turns !== 0) return undefined;
    const middle = (shell.west + shell.east) / 2;
    const near = holes.map(hole => shift(hole.ring, Math.round((middle - (hole.west + hole.east) / 2) / 360) * 360));
    for (const offset of [-360, 0, 360]) {
      const cut = [shell.ring, ...near]
        .map(ring => keepSide(keepSide(shift(ring, -offset), -180, 1), 180, -1))
        .filter(ring => ring.length >= 3);
      if (cut.length > 0) pieces.push(cut.map(ring => [...ring, ring[0] as Position]));
    }
  }
  // Clipping leaves runs to and fro along the meridian; read even-odd they cancel.
  const covered = coveredPolygons(pieces);
  return covered && normalisePolygonal(covered).geometry;
}

const shift = (ring: Ring, by: number): Ring => ring.map(([lng, lat]) => [lng + by, lat]);

/** Sutherland-Hodgman against one meridian: keeps `sign · (lng − border) ≥ 0`. */
function keepSide(ring: Ring, border: number, sign: 1 | -1): Ring {
  const kept: Position[] = [];
  ring.forEach((to, i) => {
    const from = ring.at(i - 1) as Position;
    const before = sign * (from[0] - border);
    const after = sign * (to[0] - border);
    if (before >= 0 !== after >= 0) {
      kept.push([border, from[1] + (before / (before - after)) * (to[1] - from[1])]);
    }
    if (after >= 0) kept.push(to);
  });
  return kept;
}

/** The ring with longitudes that run on over the date line, open. */
function unroll(ring: Ring): { ring: Ring; west: number; east: number; turns: number } {
  const first = ring[0] ?? [0, 0];
  let lng = first[0];
  let [west, east] = [lng, lng];
  const positions: Position[] = [[lng, first[1]]];
  for (let i = 1; i < ring.length; i++) {
    const to = ring[i] as Position;
    lng += longitudeDifferenceDeg((ring[i - 1] as Position)[0], to[0]);
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    positions.push([lng, to[1]]);
  }
  const turns = Math.round((lng - first[0]) / 360);
  if (positions.length > 1 && turns === 0) positions.pop();
  return { ring: positions, west, east, turns };
}
