import { conditionOf, singularParts, solveLeastSquares, unitVariances } from './singular-values.ts';

export interface RobustRegression {
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** Scale of the noise: median absolute residual / 0.6745. */
  readonly scale: number;
  /** 0 = taken for an outlier, 1 = counted in full. */
  readonly weights: Float64Array;
  readonly residuals: Float64Array;
  readonly isConverged: boolean;
}

/** Tukey's bisquare at 95 % efficiency for normal noise; Huber's likewise, for the way there. */
const BISQUARE = 4.685;
const HUBER = 1.345;
const MAX_ROUNDS = 200;
const TOLERANCE = 1e-10;

/** Condition of a design whose columns are first brought to equal length: units do not make a design bad. */
export function conditionOfDesign(columns: readonly Float64Array[]): number {
  const equal = columns.map(column => {
    const length = Math.hypot(...column);
    return length > 0 ? column.map(value => value / length) : column;
  });
  return conditionOf(singularParts(equal));
}

/**
 * M-estimate of a linear model by iteratively reweighted least squares: Huber's weights until they settle, which no single wild value can
 * lead astray, then Tukey's bisquare, which leaves such a value out. Standard errors after Huber (1981, eq. 6.5), as R's `MASS::rlm`.
 * `columns` must be of full rank and longer than they are many.
 */
export function robustRegression(columns: readonly Float64Array[], target: Float64Array): RobustRegression {
  const design = singularParts(columns);
  let coefficients = solveLeastSquares(design, target);
  let residuals = residualsOf(columns, target, coefficients);
  const noise = 1e-12 * Math.max(...target.map(Math.abs), 1e-300);
  let scale = scaleOf(residuals);
  let weights = new Float64Array(target.length).fill(1);
  let isConverged = scale <= noise;
  for (const weigh of [huber, bisquare]) {
    if (scale <= noise) break;
    isConverged = false;
    for (let round = 0; round < MAX_ROUNDS && !isConverged; round += 1) {
      weights = residuals.map(residual => weigh(residual / scale));
      const next = weightedSolution(columns, target, weights);
      if (next === undefined) break;
      const change = next.reduce((sum, value, i) => sum + (value - (coefficients[i] as number)) ** 2, 0);
      const size = next.reduce((sum, value) => sum + value ** 2, 0);
      coefficients = next;
      residuals = residualsOf(columns, target, coefficients);
      scale = scaleOf(residuals);
      isConverged = change <= TOLERANCE ** 2 * size || scale <= noise;
    }
  }
  const deviation = scale <= noise ? 0 : deviationOf(residuals, scale, columns.length);
  const standardErrors = unitVariances(design).map(variance => deviation * Math.sqrt(variance));
  return { coefficients, standardErrors, scale, weights, residuals, isConverged };
}

const huber = (u: number): number => Math.min(1, HUBER / Math.abs(u));
const bisquare = (u: number): number => (Math.abs(u) < BISQUARE ? (1 - (u / BISQUARE) ** 2) ** 2 : 0);

function residualsOf(columns: readonly Float64Array[], target: Float64Array, coefficients: Float64Array): Float64Array {
  return target.map((value, row) =>
    columns.reduce((rest, column, i) => rest - (column[row] as number) * (coefficients[i] as number), value),
  );
}

function scaleOf(residuals: Float64Array): number {
  const sorted = residuals.map(Math.abs).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return (sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2) / 0.6745;
}

/** Undefined where the weights leave too little to solve. */
function weightedSolution(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
): Float64Array | undefined {
  const roots = weights.map(Math.sqrt);
  const parts = singularParts(columns.map(column => column.map((value, row) => value * (roots[row] as number))));
  if (!(conditionOf(parts) < 1e12)) return undefined;
  return solveLeastSquares(
    parts,
    target.map((value, row) => value * (roots[row] as number)),
  );
}

/** Standard deviation that the noise counts with, corrected for what the weights leave out. */
function deviationOf(residuals: Float64Array, scale: number, columnCount: number): number {
  const n = residuals.length;
  const slopes = residuals.map(residual => {
    const t = (residual / scale / BISQUARE) ** 2;
    return t < 1 ? (1 - t) * (1 - 5 * t) : 0;
  });
  const mean = slopes.reduce((sum, value) => sum + value, 0) / n;
  const variance = slopes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const kept = residuals.reduce((sum, residual) => sum + (residual * bisquare(residual / scale)) ** 2, 0);
  return Math.sqrt(kept / (n - columnCount)) * ((1 + (columnCount * variance) / (n * mean * mean)) / mean);
}
