import { effect, untracked } from '@preact/signals';
import type { Feature } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import { TerraDraw, TerraDrawModeUndoRedo } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Position } from '../../../gis/types.ts';
import { putRing } from '../../state/editing/edit-session.ts';
import { openRing } from '../../state/editing/rings.ts';
import { dispatch, newRingId, selectedRing, strokeRing, tool, type EditTool } from '../../state/editing/store.ts';
import { splitAlong } from '../../state/editing/tools/commands.ts';
import { strokeUnderWay, strokeWish, type StrokeWish } from '../../state/editing/tools/stroke.ts';
import { setData } from '../sources.ts';
import { drawModes, strokeReachPx } from './modes.ts';

const MODE_OF_TOOL: Readonly<Partial<Record<EditTool, string>>> = {
  draw: 'polygon',
  hole: 'hole',
  rectangle: 'rectangle',
  split: 'linestring',
};

/**
 * The drawing library holds one stroke, from its first click to its last. What is finished becomes a step of the edit
 * session at once and is taken out of the library, whose store is not made for thousands of corners.
 */
export class StrokeTable {
  readonly #map: GlMap;
  readonly #draw: TerraDraw;
  readonly #modes = drawModes();
  readonly #endWishes: () => void;
  #begun: string | undefined;
  #isOver = false;

  constructor(map: GlMap) {
    this.#map = map;
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({
        map,
        coordinatePrecision: 9,
        // A tapping finger slides a little; a stroke is panned by more.
        minPixelDragDistanceDrawing: 12,
      }),
      modes: this.#modes,
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    this.#draw.start();
    this.#endWishes = effect(() => {
      const wish = strokeWish.value;
      if (wish === null) return;
      untracked(() => this.#follow(wish));
      strokeWish.value = null;
    });
    this.#draw.on('finish', id => this.#take(id));
    // The library tells of the first corner before it knows itself to be drawing.
    this.#draw.on('change', () => queueMicrotask(() => this.#tell()));
  }

  use(next: EditTool): void {
    const mode = MODE_OF_TOOL[next];
    this.#draw.setMode(mode ?? 'static');
    if (mode !== undefined) this.#draw.updateModeOptions(mode, { pointerDistance: strokeReachPx() });
    strokeUnderWay.value = null;
    this.#showBegin(undefined);
  }

  dispose(): void {
    this.#isOver = true;
    this.#endWishes();
    this.#draw.stop();
    strokeRing.value = null;
    strokeUnderWay.value = null;
  }

  /** Ends, shortens or gives up the stroke, for hands without keys. */
  #follow(wish: StrokeWish): void {
    if (wish === 'back' && this.#draw.canUndo()) {
      this.#draw.undo();
      return;
    }
    const mode = this.#modes.find(one => one.mode === this.#draw.getMode());
    const key = wish === 'finish' ? 'Enter' : 'Escape';
    mode?.onKeyUp({ key, heldKeys: [], preventDefault: () => undefined });
    this.#tell();
  }

  /** What is drawn so far is measured while it is drawn. */
  #tell(): void {
    if (this.#isOver) return;
    const stroke = this.#draw.getSnapshot().find(({ geometry }) => geometry.type === 'Polygon');
    const corners = stroke === undefined ? [] : ((stroke.geometry.coordinates as unknown as Position[][])[0] ?? []);
    const positions = openRing(corners);
    const role = stroke?.properties['mode'] === 'hole' ? 'hole' : 'outer';
    const isDrawing = this.#draw.getModeState() === 'drawing';
    strokeRing.value = isDrawing && positions.length > 2 ? { id: 'stroke', role, positions } : null;
    const line = this.#draw.getSnapshot().find(({ geometry }) => geometry.type === 'LineString');
    strokeUnderWay.value = isDrawing
      ? { canFinish: positions.length > 2 || line !== undefined, canGoBack: this.#draw.canUndo() }
      : null;
    this.#showBegin(
      isDrawing ? (corners[0] ?? (line?.geometry.coordinates as Position[] | undefined)?.[0]) : undefined,
    );
  }

  /** A finger leaves no pointer behind: where the stroke begins is seen from its first touch on. */
  #showBegin(at: Position | undefined): void {
    if (this.#begun === at?.join()) return;
    this.#begun = at?.join();
    const handle = (position: Position): Feature => ({
      type: 'Feature',
      properties: { kind: 'corner' },
      geometry: { type: 'Point', coordinates: [...position] },
    });
    setData(this.#map, 'handles', { type: 'FeatureCollection', features: at === undefined ? [] : [handle(at)] });
  }

  #take(id: string | number): void {
    const feature = this.#draw.getSnapshotFeature(id);
    if (feature === undefined) return;
    const { geometry, properties } = feature;
    // The library is still in the middle of its own event.
    queueMicrotask(() => {
      if (this.#draw.hasFeature(id)) this.#draw.removeFeatures([id]);
    });
    if (geometry.type === 'LineString') {
      splitAlong(geometry.coordinates as unknown as Position[]);
      return;
    }
    if (geometry.type !== 'Polygon') return;
    const isHole = properties['mode'] === 'hole';
    const label = isHole ? 'add-hole' : properties['mode'] === 'rectangle' ? 'rectangle' : 'add-part';
    const ring = newRingId();
    const drawn = (geometry.coordinates[0] ?? []) as unknown as Position[];
    dispatch({ type: 'do', command: putRing(ring, isHole ? 'hole' : 'outer', drawn, label) });
    selectedRing.value = ring;
    // One ring a stroke: afterwards the hand can move corners at once.
    tool.value = 'select';
  }
}
