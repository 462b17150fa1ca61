import type { PackedGeometry } from '../../../../gis/geometry/packed.ts';

/** The parts of several packed polygons as one geometry. */
export function joinPacked(geometries: readonly PackedGeometry[]): PackedGeometry {
  const [only] = geometries;
  if (geometries.length === 1 && only !== undefined) return only;
  const lengthOf = (key: 'positions' | 'ringEnds' | 'partEnds'): number =>
    geometries.reduce((sum, geometry) => sum + geometry[key].length, 0);
  const positions = new Float64Array(lengthOf('positions'));
  const ringEnds = new Uint32Array(lengthOf('ringEnds'));
  const partEnds = new Uint32Array(lengthOf('partEnds'));
  let numbers = 0;
  let rings = 0;
  let parts = 0;
  for (const geometry of geometries) {
    positions.set(geometry.positions, numbers);
    for (const [i, end] of geometry.ringEnds.entries()) ringEnds[rings + i] = end + numbers / 2;
    for (const [i, end] of geometry.partEnds.entries()) partEnds[parts + i] = end + rings;
    numbers += geometry.positions.length;
    rings += geometry.ringEnds.length;
    parts += geometry.partEnds.length;
  }
  return { kind: 'polygons', positions, ringEnds, partEnds };
}
