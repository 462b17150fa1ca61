import { effect } from '@preact/signals';
import type { Map as GlMap } from 'maplibre-gl';
import { TerraDraw, type GeoJSONStoreFeatures } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Position } from '../../../gis/types.ts';
import { putRing, removeRing, type EditLabel } from '../../state/editing/edit-session.ts';
import { closeRing, isComplete, openRing, type EditRing } from '../../state/editing/rings.ts';
import { dispatch, selectedRing, session, sketch, tool, type EditTool } from '../../state/editing/store.ts';
import { drawModes, MODE_OF_ROLE } from './modes.ts';

const LABELS: Readonly<Record<string, EditLabel>> = {
  dragCoordinate: 'move-vertex',
  insertMidpoint: 'insert-vertex',
  deleteCoordinate: 'remove-vertex',
};

/**
 * The drawing library on one side, the edit session on the other. A finished gesture becomes a command; whatever the
 * session holds (after undo, a typed coordinate, a pasted polygon) is put back on the map. The session is the truth.
 */
export class DrawTable {
  readonly #draw: TerraDraw;
  readonly #endSync: () => void;
  /** True while the session is put on the map: what the library then reports is our own doing. */
  #isShowing = false;

  constructor(map: GlMap) {
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }),
      modes: drawModes(),
    });
    this.#draw.start();
    this.#draw.on('finish', (id, { action }) => this.#take(String(id), action));
    this.#draw.on('select', id => (selectedRing.value = String(id)));
    this.#draw.on('change', (ids, type) => {
      if (!this.#isShowing) {
        if (type === 'create' || type === 'update') sketch.value = this.#underTheHand();
        if (type === 'delete') sketch.value = null;
      }
      // The Delete key of the select tool removes a ring without a finish event.
      if (type !== 'delete' || this.#isShowing) return;
      for (const id of ids) {
        if (session.peek().rings.some(ring => ring.id === id))
          dispatch({ type: 'do', command: removeRing(String(id)) });
      }
    });
    this.#endSync = effect(() => this.#show(session.value.rings));
  }

  use(next: EditTool): void {
    this.#draw.setMode(next === 'draw' ? 'polygon' : next);
  }

  dispose(): void {
    this.#endSync();
    this.#draw.stop();
  }

  #take(id: string, action: string): void {
    const feature = this.#draw.getSnapshotFeature(id);
    if (feature === undefined || feature.geometry.type !== 'Polygon') return;
    const role: EditRing['role'] = feature.properties['mode'] === 'hole' ? 'hole' : 'outer';
    const drawn = (feature.geometry.coordinates[0] ?? []) as unknown as Position[];
    const label = LABELS[action] ?? (action === 'draw' ? (role === 'hole' ? 'add-hole' : 'add-part') : 'change-ring');
    dispatch({ type: 'do', command: putRing(id, role, drawn, label) });
    selectedRing.value = id;
    // One ring a stroke: afterwards the hand can move corners at once.
    if (action === 'draw') tool.value = 'select';
  }

  /** All rings as the library has them at this moment. */
  #underTheHand(): EditRing[] {
    return this.#draw.getSnapshot().flatMap(feature => {
      if (feature.geometry.type !== 'Polygon' || !isRing(feature)) return [];
      const role: EditRing['role'] = feature.properties['mode'] === 'hole' ? 'hole' : 'outer';
      const positions = openRing((feature.geometry.coordinates[0] ?? []) as unknown as Position[]);
      return [{ id: String(feature.id), role, positions }];
    });
  }

  /** Brings the map in step with the session, touching only what differs, so that a drag in hand is not torn away. */
  #show(rings: readonly EditRing[]): void {
    const onMap = new Map(
      this.#draw
        .getSnapshot()
        .filter(feature => feature.geometry.type === 'Polygon' && isRing(feature))
        .map(feature => [String(feature.id), feature]),
    );
    const wanted = new Map(rings.filter(isComplete).map(ring => [ring.id, ring]));
    const stale = [...onMap.entries()].filter(([id, feature]) => {
      const ring = wanted.get(id);
      return ring === undefined ? !isBeingDrawn(feature) : !sameShape(feature, ring);
    });
    const gone = new Set(stale.map(([id]) => id));
    const missing = [...wanted.values()].filter(ring => !onMap.has(ring.id) || gone.has(ring.id));
    this.#isShowing = true;
    try {
      if (gone.size > 0) this.#draw.removeFeatures([...gone]);
      if (missing.length > 0) this.#draw.addFeatures(missing.map(toFeature));
    } finally {
      this.#isShowing = false;
    }
  }
}

const isRing = (feature: GeoJSONStoreFeatures): boolean =>
  feature.properties['mode'] === 'polygon' || feature.properties['mode'] === 'hole';
const isBeingDrawn = (feature: GeoJSONStoreFeatures): boolean => feature.properties['currentlyDrawing'] === true;

function sameShape(feature: GeoJSONStoreFeatures, ring: EditRing): boolean {
  const shown = openRing((feature.geometry.coordinates as unknown as Position[][])[0] ?? []);
  return (
    shown.length === ring.positions.length &&
    shown.every(
      (position, index) => position[0] === ring.positions[index]?.[0] && position[1] === ring.positions[index]?.[1],
    )
  );
}

function toFeature(ring: EditRing): GeoJSONStoreFeatures {
  return {
    type: 'Feature',
    id: ring.id,
    properties: { mode: MODE_OF_ROLE[ring.role] },
    geometry: { type: 'Polygon', coordinates: [closeRing(ring.positions).map(([lng, lat]) => [lng, lat])] },
  };
}
