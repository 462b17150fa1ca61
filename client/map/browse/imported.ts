import { effect } from '@preact/signals';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import { importAnswer, importMine, leftOut } from '../../state/mine/importing.ts';
import { NO_FEATURES, setData } from '../sources.ts';

/** The rows of a file that is being examined, those that cannot be written as they were drawn, and the numbered places of its findings, before anything is stored. */
export function followImported(map: GlMap): () => void {
  return effect(() => {
    const answer = importAnswer.value;
    if (importMine.value === null || answer === null) return setData(map, 'imported', NO_FEATURES);
    const rows = answer.features
      .filter(({ id }) => !leftOut.value.has(id))
      .map(({ geometry, id }): Feature => ({
        type: 'Feature',
        geometry: geometry as unknown as Geometry,
        properties: { row: id },
      }));
    const broken = (answer.broken ?? [])
      .filter(({ row }) => !leftOut.value.has(row))
      .map(({ row, lines }): Feature => ({
        type: 'Feature',
        geometry: { type: 'MultiLineString', coordinates: lines.map(closed) },
        properties: { row, isBroken: true },
      }));
    const spots = answer.findings.flatMap(({ position, severity }, index): Feature[] =>
      position === undefined
        ? []
        : [
            {
              type: 'Feature',
              geometry: { type: 'Point', coordinates: position },
              properties: { severity, number: String(index + 1) },
            },
          ],
    );
    const all: FeatureCollection = { type: 'FeatureCollection', features: [...rows, ...broken, ...spots] };
    setData(map, 'imported', all);
  });
}

const closed = (line: number[][]): number[][] => [...line, ...line.slice(0, 1)];
