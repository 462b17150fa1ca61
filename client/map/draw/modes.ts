import {
  TerraDrawLineStringMode,
  TerraDrawPolygonMode,
  TerraDrawRectangleMode,
  type TerraDrawExtend,
} from 'terra-draw';
import { isCoarse } from './pointer.ts';
import { snapToLedger } from './snapping.ts';

const OUTER = '#0f62a8';
const HOLE = '#b3261e';
const PAPER = '#ffffff';

/** A finger needs more room than a mouse; the default of 40 px would close rings that are still being drawn. */
export const strokeReachPx = (): number => (isCoarse() ? 22 : 11);

/** The strokes that a hand can make: outline, hole, rectangle, and the line of a cut. */
export function drawModes(): TerraDrawExtend.TerraDrawBaseDrawMode<never>[] {
  const pointerDistance = strokeReachPx();
  const snapping = { toCoordinate: true, toCustom: snapToLedger(pointerDistance) };
  const polygon = (modeName: 'polygon' | 'hole', color: '#0f62a8' | '#b3261e'): TerraDrawPolygonMode =>
    new TerraDrawPolygonMode({
      modeName,
      pointerDistance,
      snapping,
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
  const rectangle = new TerraDrawRectangleMode({
    pointerDistance,
    styles: { fillColor: OUTER, fillOpacity: 0.18, outlineColor: OUTER, outlineWidth: 2.5 },
  });
  const line = new TerraDrawLineStringMode({
    pointerDistance,
    snapping,
    styles: {
      lineStringColor: HOLE,
      lineStringWidth: 2.5,
      closingPointColor: PAPER,
      closingPointOutlineColor: HOLE,
      closingPointOutlineWidth: 2.5,
      closingPointWidth: 6,
      snappingPointColor: HOLE,
      snappingPointWidth: 5,
    },
  });
  return [
    polygon('polygon', OUTER),
    polygon('hole', HOLE),
    rectangle,
    line,
  ] as unknown as TerraDrawExtend.TerraDrawBaseDrawMode<never>[];
}
