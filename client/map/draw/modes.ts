import { TerraDrawPolygonMode, TerraDrawSelectMode, type GeoJSONStoreFeatures, type TerraDrawExtend } from 'terra-draw';
import type { EditRing } from '../../state/editing/rings.ts';
import { snapToLedger } from './snapping.ts';

export const MODE_OF_ROLE: Readonly<Record<EditRing['role'], string>> = { outer: 'polygon', hole: 'hole' };

/** A finger needs more room than a mouse; the default of 40 px would close rings that are still being drawn. */
const isCoarse = (): boolean => matchMedia('(pointer: coarse)').matches;

const OUTER = '#0f62a8';
const HOLE = '#b3261e';
const PAPER = '#ffffff';

/** Outer ring, hole and select: the three things a hand can do. */
export function drawModes(): TerraDrawExtend.TerraDrawBaseDrawMode<never>[] {
  const pointerDistance = isCoarse() ? 22 : 11;
  const polygon = (modeName: 'polygon' | 'hole', color: '#0f62a8' | '#b3261e'): TerraDrawPolygonMode =>
    new TerraDrawPolygonMode({
      modeName,
      pointerDistance,
      snapping: { toCoordinate: true, toLine: true, toCustom: snapToLedger(pointerDistance) },
      styles: {
        fillColor: color,
        fillOpacity: modeName === 'hole' ? 0.12 : 0.18,
        outlineColor: color,
        outlineWidth: 2.5,
        closingPointColor: PAPER,
        closingPointOutlineColor: color,
        closingPointOutlineWidth: 2.5,
        closingPointWidth: 6,
        snappingPointColor: color,
        snappingPointWidth: 5,
      },
    });
  const flags = {
    feature: {
      draggable: false,
      coordinates: {
        draggable: true,
        midpoints: true,
        deletable: true,
        snappable: { toCoordinate: true, toCustom: snapToLedger(pointerDistance) },
      },
    },
  };
  const select = new TerraDrawSelectMode({
    pointerDistance: pointerDistance + 4,
    flags: { polygon: flags, hole: flags },
    styles: {
      selectedPolygonColor: OUTER,
      selectedPolygonFillOpacity: 0.2,
      selectedPolygonOutlineColor: ({ properties }: GeoJSONStoreFeatures) =>
        properties['mode'] === 'hole' ? HOLE : OUTER,
      selectedPolygonOutlineWidth: 3,
      selectionPointColor: PAPER,
      selectionPointOutlineColor: OUTER,
      selectionPointOutlineWidth: 2.5,
      selectionPointWidth: isCoarse() ? 9 : 6,
      midPointColor: OUTER,
      midPointOutlineColor: PAPER,
      midPointOutlineWidth: 1.5,
      midPointWidth: isCoarse() ? 6 : 4,
    },
  });
  return [
    polygon('polygon', OUTER),
    polygon('hole', HOLE),
    select,
  ] as unknown as TerraDrawExtend.TerraDrawBaseDrawMode<never>[];
}
