import { clamp, fractalNoise, type PlaneField } from '../terrain/noise.ts';
import { axesOf, outlineField, reachOf } from '../terrain/outline.ts';
import { seedOf } from '../terrain/random.ts';
import { deriveGrid, sampleField, type ScalarGrid } from '../terrain/scalar-grid.ts';
import { solidOutline } from '../terrain/solid.ts';
import type { WorkSpec } from './work-spec.ts';

/** The fields that all lines of one work are drawn from, on one lattice, so that lines of one field never cross. */
export interface WorkField {
  /** The outline off the lattice, for lines around several works. */
  readonly outlineAt: PlaneField;
  /** Metres outside the outline (negative inside), roughly. */
  readonly outline: ScalarGrid;
  /** Metres along the way the work advances, roughly. */
  readonly progress: ScalarGrid;
  /** Metres across it, roughly. */
  readonly across: ScalarGrid;
  /** Progress up to which a lane holds `share` (0..1) of its area. */
  progressAt(lane: number, share: number): number;
  /** Across-values that bound a lane; infinite at the outer sides. */
  laneBounds(lane: number): readonly [number, number];
}

export function workField(siteCode: string, work: WorkSpec, relief: PlaneField): WorkField {
  const seed = seedOf(`${siteCode}/${work.key}`);
  const [cx, cy] = work.centreM;
  const reachM = reachOf(work);
  const sizeM = Math.min(work.halfLengthM, work.halfWidthM);
  const cellM = clamp(reachM / 100, 5, 13);
  const window = { westM: cx - reachM, southM: cy - reachM, eastM: cx + reachM, northM: cy + reachM };
  const { along, across: aside } = axesOf(work);
  const sway = fractalNoise(seed + 3, sizeM * 0.9, 3);
  const lean = fractalNoise(seed + 5, sizeM * 1.1, 2);
  const outlineAt = outlineField(seed, work, relief);
  const outline = solidOutline(sampleField(window, cellM, outlineAt));
  const across = sampleField(window, cellM, (xM, yM) => aside(xM, yM) + 0.22 * sizeM * lean(xM, yM));
  const straight = sampleField(window, cellM, (xM, yM) => along(xM, yM) + 0.3 * sizeM * sway(xM, yM));
  const progress = deriveGrid(straight, index => {
    const inwards = -outline.values[index]!;
    if (work.follow === 'advance') return straight.values[index]!;
    if (work.follow === 'benches') return 0.45 * straight.values[index]! + 0.95 * inwards;
    return -inwards + 0.12 * straight.values[index]!;
  });

  const inside = Array.from(outline.values.keys()).filter(index => outline.values[index]! < 0);
  const laneCount = work.lanes.length;
  const acrossSorted = inside.map(index => across.values[index]!).sort((a, b) => a - b);
  const laneBounds = (lane: number): readonly [number, number] => [
    lane === 0 ? -Infinity : quantile(acrossSorted, lane / laneCount),
    lane === laneCount - 1 ? Infinity : quantile(acrossSorted, (lane + 1) / laneCount),
  ];
  const sortedByLane = work.lanes.map((_, lane) => {
    const [from, to] = laneBounds(lane);
    const members = inside.filter(index => across.values[index]! >= from && across.values[index]! < to);
    return members.map(index => progress.values[index]!).sort((a, b) => a - b);
  });
  return {
    outlineAt,
    outline,
    progress,
    across,
    laneBounds,
    progressAt: (lane, share) =>
      share <= 0 ? -Infinity : share >= 1 ? Infinity : quantile(sortedByLane[lane]!, share),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  const at = clamp(share * (sorted.length - 1), 0, sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (at - below);
}
