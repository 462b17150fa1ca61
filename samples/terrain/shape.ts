import type { MultiPolygon, Ring } from '../../gis/types.ts';
import { contourRings, type PlaneRing } from './contour.ts';
import type { SitePlane } from './plane.ts';
import { ringContains, ringsCross, signedPlaneArea, simplifyRing } from './plane-rings.ts';
import type { ScalarGrid } from './scalar-grid.ts';

export interface ShapeOptions {
  /** Parts below this plane area are left out. */
  readonly minimumAreaM2?: number;
  /** Holes below this area are filled; by default few, for what is not there must not be claimed. */
  readonly minimumHoleM2?: number;
  /** How far the drawn line may leave the contour. */
  readonly toleranceM?: number;
}

/**
 * The ground where a grid is positive, as a valid EPSG:4326 polygon on a lattice of 1e-7 degree (rings by RFC 7946).
 * Undefined when nothing of the minimum size is left.
 */
export function shapeOf(grid: ScalarGrid, plane: SitePlane, options: ShapeOptions = {}): MultiPolygon | undefined {
  const { minimumAreaM2 = 900, minimumHoleM2 = 20, toleranceM = 2 } = options;
  const rings = contourRings(grid).filter(ring => {
    const areaM2 = signedPlaneArea(ring);
    return areaM2 > 0 ? areaM2 >= minimumAreaM2 : -areaM2 >= minimumHoleM2;
  });
  for (let tolerance = toleranceM; ; tolerance *= 0.8) {
    const drawn = rings.map(ring => onLattice(simplifyRing(ring, tolerance), plane));
    if (drawn.every(ring => ring.length >= 3) && !ringsCross(drawn)) {
      const coordinates = assemble(drawn);
      return coordinates.length === 0 ? undefined : { type: 'MultiPolygon', coordinates };
    }
    if (tolerance < 0.05) throw new Error('a sample shape crosses itself at full detail');
  }
}

function onLattice(ring: PlaneRing, plane: SitePlane): PlaneRing {
  const positions = ring.map(([xM, yM]) => plane.toPosition(xM, yM));
  return positions.filter(([lng, lat], index) => {
    const [lngBefore, latBefore] = positions[(index + positions.length - 1) % positions.length]!;
    return lng !== lngBefore || lat !== latBefore;
  });
}

function assemble(rings: readonly PlaneRing[]): Ring[][] {
  const outers = rings.filter(ring => signedPlaneArea(ring) > 0);
  const polygons = outers.map(ring => [closed(ring)]);
  for (const hole of rings) {
    if (signedPlaneArea(hole) >= 0) continue;
    const [x, y] = hole[0]!;
    let best = -1;
    outers.forEach((outer, index) => {
      if (!ringContains(outer, x, y)) return;
      if (best < 0 || signedPlaneArea(outer) < signedPlaneArea(outers[best]!)) best = index;
    });
    if (best >= 0) polygons[best]!.push(closed(hole));
  }
  return polygons;
}

function closed(ring: PlaneRing): Ring {
  return [...ring, ring[0]!];
}
