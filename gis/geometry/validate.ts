import type { Box, Issue } from '../types.ts';
import type { LoosePolygonal } from './normalise.ts';
import { checkedRings } from './validity/rings.ts';
import { structureIssues } from './validity/structure.ts';
import { topologyIssues } from './validity/topology.ts';

export interface ValidationLimits {
  /** Default 100 000 (one geometry, all rings). */
  readonly maxVertices?: number | undefined;
  /** Issues returned at most; default 50. */
  readonly maxIssues?: number | undefined;
  /** Where the geometry is expected, e.g. the mine's box: tells swapped coordinates from far ones. */
  readonly hintBox?: Box | undefined;
}

/** Vertices of one geometry, all rings together, beyond which it is refused unless the caller allows more. */
export const MAX_VERTICES = 100_000;

/**
 * Everything that keeps polygons in EPSG:4326 from being stored, each with the place to look at: an empty array or only
 * warnings means that PostGIS will call the geometry valid. Rings may be wound either way. The codes and their wording
 * are in `issue-messages.ts`. Run it on the normalised geometry to judge what would be stored, or on raw input to tell
 * also of what `normalisePolygonal` repairs silently (open rings, repeated points).
 */
export function validatePolygonal(geometry: LoosePolygonal, limits: ValidationLimits = {}): Issue[] {
  const maxIssues = limits.maxIssues ?? 50;
  const maxVertices = limits.maxVertices ?? MAX_VERTICES;
  const structure = structureIssues(geometry, { maxVertices, maxIssues, hintBox: limits.hintBox });
  const isHopeless = structure.some(({ code, severity }) => severity === 'error' && code !== 'ring-not-closed');
  if (isHopeless) return structure;
  return [...structure, ...topologyIssues(checkedRings(geometry), maxIssues)].slice(0, maxIssues);
}

/** Whether any of the issues forbids storing. */
export const hasErrors = (issues: readonly Issue[]): boolean => issues.some(({ severity }) => severity === 'error');
