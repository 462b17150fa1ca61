import { polygonAreaM2, polygonPerimeterM } from '../../../gis/earth/polygon-area.ts';
import { hasErrors, validatePolygonal } from '../../../gis/geometry/validate.ts';
import type { Issue, MultiPolygon } from '../../../gis/types.ts';
import { asDrawn, isComplete, toPolygonal, type EditRing } from './rings.ts';

/** What is known of the drawing at every moment: its land, its size on the ellipsoid, and what is wrong with it, where. */
export interface Measured {
  readonly geometry: MultiPolygon | undefined;
  readonly areaM2: number;
  readonly perimeterM: number;
  readonly issues: readonly Issue[];
}

export const NOTHING: Measured = { geometry: undefined, areaM2: 0, perimeterM: 0, issues: [] };

/** Rings that lie across each other are settled by joining the outer ones and taking out the holes: worth a word, no error. */
export const SETTLED_BY_JOINING: ReadonlySet<string> = new Set([
  'parts-overlap',
  'parts-share-edge',
  'holes-overlap',
  'hole-crosses-shell',
  'hole-outside-shell',
  'rings-share-edge',
  'interior-disconnected',
]);

/** Validates the rings as drawn, and measures what they enclose when joined. Never throws: a fault is an issue. */
export function measureRings(rings: readonly EditRing[]): Measured {
  const drawn = asDrawn(rings);
  if (drawn === undefined) return { ...NOTHING, issues: incomplete(rings) };
  const issues = [...incomplete(rings), ...validatePolygonal(drawn).map(soften)];
  if (hasErrors(issues)) return { ...NOTHING, issues };
  const geometry = toPolygonal(rings);
  if (geometry === undefined) return { ...NOTHING, issues: [...issues, { code: 'not-joinable', severity: 'error' }] };
  if (geometry.coordinates.length === 0) {
    return { ...NOTHING, issues: [...issues, { code: 'nothing-left', severity: 'error' }] };
  }
  return {
    geometry,
    areaM2: polygonAreaM2(geometry),
    perimeterM: polygonPerimeterM(geometry),
    issues: [...issues, ...validatePolygonal(geometry).filter(issue => issue.severity === 'error')],
  };
}

const soften = (issue: Issue): Issue =>
  SETTLED_BY_JOINING.has(issue.code) ? { ...issue, severity: 'warning' } : issue;

function incomplete(rings: readonly EditRing[]): Issue[] {
  return rings
    .filter(ring => !isComplete(ring))
    .map((ring): Issue => {
      const [position] = ring.positions;
      return { code: 'ring-incomplete', severity: 'error', ...(position === undefined ? {} : { position }) };
    });
}
