import { effect } from '@preact/signals';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import { fixes, measured } from '../../state/editing/assess/assessed.ts';
import { closeRing, type EditRing } from '../../state/editing/rings.ts';
import { heldRings, selectedRing, session, subject } from '../../state/editing/store.ts';
import { NO_FEATURES, setData } from '../sources.ts';

/** Above this many corners a ring in hand is shown where it moves only, until the hand lets go. */
const WHOLE_IN_HAND = 2000;

const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features],
});
const feature = (geometry: unknown, properties: Record<string, unknown> = {}): Feature => ({
  type: 'Feature',
  geometry: geometry as Geometry,
  properties,
});

const shown = new WeakMap<EditRing, { readonly line: unknown; readonly area: unknown }>();
function shapesOf(ring: EditRing): { readonly line: unknown; readonly area: unknown } {
  let shapes = shown.get(ring);
  if (shapes === undefined) {
    const closed = closeRing(ring.positions);
    shapes = { line: { type: 'LineString', coordinates: closed }, area: { type: 'Polygon', coordinates: [closed] } };
    shown.set(ring, shapes);
  }
  return shapes;
}

/** The rings of the session on the map, what waits in the tray, and the ground where the drawing is wrong. */
export function showDrawing(map: GlMap): () => void {
  const ends = [
    effect(() => {
      const held = new Map((heldRings.value ?? []).map(ring => [ring.id, ring]));
      const chosen = selectedRing.value;
      const isHeavy = [...held.values()].some(ring => ring.positions.length > WHOLE_IN_HAND);
      if (isHeavy) return;
      const geometry = held.size === 0 ? measured.value.geometry : undefined;
      const rings = session.value.rings.map(ring => held.get(ring.id) ?? ring);
      const [only] = rings;
      // Most drawings are one ring: its land and its line are one shape then, and half as much to hand over.
      if (only !== undefined && rings.length === 1) {
        const properties = { role: only.role, chosen: only.id === chosen };
        return setData(map, 'drawing', collection([feature(shapesOf(only).area, properties)]));
      }
      const areas =
        geometry !== undefined && geometry.coordinates.length > 0
          ? [feature(geometry, { role: 'outer', chosen: false })]
          : rings.map(ring => feature(shapesOf(ring).area, { role: ring.role, chosen: false }));
      const lines = rings.map(ring => feature(shapesOf(ring).line, { role: ring.role, chosen: ring.id === chosen }));
      setData(map, 'drawing', collection([...areas, ...lines]));
    }),
    effect(() => setData(map, 'tray', collection(session.value.tray.map(({ geometry }) => feature(geometry))))),
    effect(() => {
      if (subject.value === null) return setData(map, 'trouble', NO_FEATURES);
      const { outside } = measured.value;
      const isOffered = fixes.value.length > 0;
      setData(map, 'trouble', collection(outside === undefined || !isOffered ? [] : [feature(outside)]));
    }),
  ];
  return () => {
    for (const end of ends) end();
    for (const id of ['drawing', 'tray', 'trouble', 'stroke', 'handles'] as const) setData(map, id, NO_FEATURES);
  };
}
