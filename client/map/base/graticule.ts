import type { Feature, FeatureCollection, LineString } from 'geojson';
import type { Box } from '../../../gis/types.ts';

/** Degrees between lines at a zoom: always a handful of lines on the screen. */
export function graticuleStepDeg(zoom: number): number {
  const steps: readonly (readonly [zoom: number, stepDeg: number])[] = [
    [3, 20],
    [4.5, 10],
    [6, 5],
    [8, 2],
    [9, 1],
    [10.2, 0.5],
    [11.4, 0.2],
    [12.4, 0.1],
    [13.4, 0.05],
    [14.6, 0.02],
    [15.8, 0.01],
    [17, 0.005],
  ];
  return steps.find(([upTo]) => zoom < upTo)?.[1] ?? 0.002;
}

/** Meridians and parallels across a box, each with the text that is written along it. */
export function graticule(box: Box, stepDeg: number): FeatureCollection<LineString, { label: string }> {
  const decimals = Math.max(0, Math.ceil(-Math.log10(stepDeg) - 1e-9));
  const [west, south, east, north] = [
    Math.max(box[0], -180),
    Math.max(box[1], -85),
    Math.min(box[2], 180),
    Math.min(box[3], 85),
  ];
  const features: Feature<LineString, { label: string }>[] = [];
  for (let i = Math.ceil(west / stepDeg); i * stepDeg <= east; i++) {
    const lng = Number((i * stepDeg).toFixed(6));
    const half = lng === 0 || Math.abs(lng) === 180 ? '' : lng > 0 ? 'E' : 'W';
    features.push(line([lng, south], [lng, north], `${Math.abs(lng).toFixed(decimals)}°${half}`));
  }
  for (let i = Math.ceil(south / stepDeg); i * stepDeg <= north; i++) {
    const lat = Number((i * stepDeg).toFixed(6));
    const half = lat === 0 ? '' : lat > 0 ? 'N' : 'S';
    features.push(line([west, lat], [east, lat], `${Math.abs(lat).toFixed(decimals)}°${half}`));
  }
  return { type: 'FeatureCollection', features };
}

function line(from: [number, number], to: [number, number], label: string): Feature<LineString, { label: string }> {
  return { type: 'Feature', properties: { label }, geometry: { type: 'LineString', coordinates: [from, to] } };
}
