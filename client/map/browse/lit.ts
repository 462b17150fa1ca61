import { computed, effect } from '@preact/signals';
import { bbox } from '@turf/turf';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import { issueText } from '../../i18n/issues.ts';
import { editMarks } from '../../state/editing/marks.ts';
import { conflictParts, keptParts } from '../../state/editing/conflict/settling.ts';
import { conflict } from '../../state/editing/saving.ts';
import { subject } from '../../state/editing/store.ts';
import { cellsByStage, findings, landEvents, partition } from '../../state/mine/land.ts';
import { facilities, habitats, occurrences } from '../../state/mine/places.ts';
import { openMembers } from '../../state/mine/rate-members.ts';
import { focus, openStage } from '../../state/selection.ts';
import { isNarrow } from '../../state/view.ts';
import type { Box } from '../../../gis/types.ts';
import { boxOf } from './geometry-box.ts';
import { setData } from '../sources.ts';
import { prefersStill } from '../theme.ts';

/** Geometry of the one thing that is lit, from what the panels have loaded anyway. */
const litGeometry = computed<Geometry | undefined>(() => {
  const lit = focus.value;
  if (lit === null) return undefined;
  const found = {
    cell: () => partition.data.value?.features.find(cell => cell.id === lit.id)?.geometry,
    event: () => landEvents.data.value?.find(event => event.id === lit.id)?.geometry,
    facility: () => facilities.data.value?.find(one => one.id === lit.id)?.geometry,
    habitat: () => habitats.data.value?.find(one => one.id === lit.id)?.geometry,
    finding: () => findings.data.value?.find(one => one.id === lit.id)?.geometry,
    occurrence: () => occurrences.data.value?.find(one => one.id === lit.id)?.geometry,
  }[lit.kind]();
  return found as Geometry | undefined;
});

/** What a number in the panel is made of: the cells of a stage, or everything on one side of a rate. */
const groupGeometries = computed<readonly unknown[]>(() => {
  const stage = openStage.value;
  if (stage !== null) return (cellsByStage.value.get(stage) ?? []).map(cell => cell.geometry);
  const members = openMembers.value;
  if (members?.kind === 'cells') return members.cells.map(cell => cell.geometry);
  return members?.kind === 'boundaries' ? members.boundaries.map(boundary => boundary.geometry) : [];
});

const fit = (map: GlMap, box: Box): void =>
  void map.fitBounds([...box], { padding: 96, maxZoom: 16, animate: !prefersStill(), duration: 700 });

function touches(map: GlMap, [west = 0, south = 0, east = 0, north = 0]: readonly number[]): boolean {
  const view = map.getBounds();
  return west <= view.getEast() && east >= view.getWest() && south <= view.getNorth() && north >= view.getSouth();
}

const asCollection = (
  geometries: readonly unknown[],
  properties: readonly Record<string, unknown>[] = [],
): FeatureCollection => ({
  type: 'FeatureCollection',
  features: geometries.map((geometry, index): Feature => ({
    type: 'Feature',
    geometry: geometry as Geometry,
    properties: properties[index] ?? {},
  })),
});

/** Lights up what is chosen in a panel or on the map, and goes there when it is out of sight. */
export function followLit(map: GlMap): () => void {
  const ends = [
    effect(() => {
      const geometry = litGeometry.value;
      setData(map, 'focus', asCollection(geometry === undefined ? [] : [geometry]));
      const box = geometry === undefined ? undefined : boxOf(geometry);
      if (box === undefined || subject.peek() !== null) return;
      const view = map.getBounds();
      const inSight = view.contains([box[0], box[1]]) && view.contains([box[2], box[3]]);
      const tiny = map.getZoom() < 11;
      if (!inSight || tiny) fit(map, box);
    }),
    effect(() => {
      const group = asCollection(groupGeometries.value);
      setData(map, 'group', group);
      const box = group.features.length === 0 ? undefined : bbox(group);
      // A number that is opened while its land is elsewhere brings the map there; land in sight is left where it is.
      if (box !== undefined && !touches(map, box)) fit(map, [box[0], box[1], box[2], box[3]]);
    }),
    effect(() => {
      const [pieces, kept] = [conflictParts.value, keptParts.value];
      const elsewhere = pieces.length > 0 ? [] : (conflict.value?.events ?? []);
      setData(
        map,
        'conflict',
        asCollection(
          [...pieces, ...elsewhere].map(({ geometry }) => geometry),
          [
            ...pieces.map(({ id, side }, index) => ({ side, kept: kept.has(id), label: String(index + 1) })),
            ...elsewhere.map(() => ({ side: 'theirs', kept: false, label: '' })),
          ],
        ),
      );
    }),
    effect(() => {
      const marks = editMarks.value;
      // A phone has no room for sentences beside the numbers: they stand in the list below the map.
      const hasRoom = !isNarrow.value;
      setData(
        map,
        'issues',
        asCollection(
          marks.map(mark => ({ type: 'Point', coordinates: mark.position })),
          marks.map(({ severity, label, issue }) => ({
            severity,
            number: label,
            text: issue === undefined || !hasRoom ? '' : issueText(issue),
          })),
        ),
      );
    }),
  ];
  return () => ends.forEach(end => end());
}
