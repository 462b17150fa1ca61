import type { Box } from '../../../../gis/types.ts';
import type { SurveyLayer } from '../../survey-files/survey-file.ts';
import type { CoordinateReading } from '../coordinates/coordinate-reading.ts';

/** A layer of a drawing on the earth; no box where the coordinates cannot be read yet. */
export interface DiagnosedLayer extends Omit<SurveyLayer, 'box'> {
  readonly box: Box | null;
}

/** Puts the box of a layer on the earth by its corners. */
export function placeLayer(layer: SurveyLayer, reading: CoordinateReading | undefined): DiagnosedLayer {
  const { name, colour, isFrozen, isOff, isTaken, count, box } = layer;
  return { name, colour, isFrozen, isOff, isTaken, count, box: box === undefined ? null : boxOnEarth(box, reading) };
}

function boxOnEarth(
  [west, south, east, north]: readonly [number, number, number, number],
  reading: CoordinateReading | undefined,
): Box | null {
  if (reading === undefined) return null;
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ].map(([first = 0, second = 0]) => reading.place(first, second));
  const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)];
  const placed = [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)] as const;
  const isOnEarth =
    placed.every(Number.isFinite) && placed[0] >= -180 && placed[2] <= 180 && placed[1] >= -90 && placed[3] <= 90;
  return isOnEarth ? placed : null;
}
