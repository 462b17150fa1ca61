/** A tall matrix in columns, taken apart as U·diag(values)·Vᵀ; values are not sorted. */
export interface SingularParts {
  /** Columns of length 1, as many as the matrix has. */
  readonly left: readonly Float64Array[];
  readonly values: readonly number[];
  /** Columns of V. */
  readonly right: readonly Float64Array[];
}

const MAX_SWEEPS = 60;

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

/**
 * Singular values by one-sided Jacobi rotations (Hestenes 1958): small values come out with all their digits, so that the condition of a
 * design can be believed. For matrices of a few columns.
 */
export function singularParts(columns: readonly Float64Array[]): SingularParts {
  const left = columns.map(column => column.slice());
  const right = columns.map((_, index) => new Float64Array(columns.length).fill(1, index, index + 1));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let isDone = true;
    for (let p = 0; p < left.length; p += 1) {
      for (let q = p + 1; q < left.length; q += 1) {
        const [a, b] = [left[p] as Float64Array, left[q] as Float64Array];
        const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) continue;
        isDone = false;
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        rotate(a, b, cosine, cosine * tangent);
        rotate(right[p] as Float64Array, right[q] as Float64Array, cosine, cosine * tangent);
      }
    }
    if (isDone) break;
  }
  const values = left.map(column => Math.sqrt(dot(column, column)));
  left.forEach((column, index) => {
    const value = values[index] as number;
    if (value > 0) for (let i = 0; i < column.length; i += 1) column[i] = (column[i] as number) / value;
  });
  return { left, values, right };
}

/** Greatest by smallest singular value; Infinity where the columns depend on each other. */
export function conditionOf({ values }: SingularParts): number {
  const smallest = Math.min(...values);
  return smallest > 0 ? Math.max(...values) / smallest : Infinity;
}

/** The least-squares solution. The parts must be of full rank. */
export function solveLeastSquares({ left, values, right }: SingularParts, target: Float64Array): Float64Array {
  const solution = new Float64Array(values.length);
  left.forEach((column, index) => {
    const share = dot(column, target) / (values[index] as number);
    (right[index] as Float64Array).forEach((value, i) => (solution[i] = (solution[i] as number) + share * value));
  });
  return solution;
}

/** Diagonal of (AᵀA)⁻¹: what a unit of noise becomes in each coefficient, squared. */
export function unitVariances({ values, right }: SingularParts): Float64Array {
  const variances = new Float64Array(values.length);
  right.forEach((column, index) => {
    column.forEach((value, i) => (variances[i] = (variances[i] as number) + (value / (values[index] as number)) ** 2));
  });
  return variances;
}
