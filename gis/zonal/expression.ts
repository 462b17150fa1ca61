import { GisError } from '../errors.ts';

/** Spectral roles of bands, as scenes name them. */
export type BandRole = 'blue' | 'green' | 'red' | 'rededge' | 'nir' | 'swir1' | 'swir2' | 'value';

export type IndexCode = 'ndvi' | 'evi2' | 'savi' | 'msavi2' | 'nbr' | 'ndmi' | 'bsi' | 'fvc' | 'ipvi' | 'rvi';

/** `band` = the values of one band (role `value`), scaled. */
export type Expression = IndexCode | 'band';

export interface ExpressionOptions {
  /** Soil adjustment of SAVI (Huete 1988); 0.5 unless said otherwise. */
  readonly soilAdjustment?: number | undefined;
  /** NDVI of bare soil and of full cover, between which FVC is a fraction; 0.05 and 0.86 unless said otherwise. */
  readonly soilNdvi?: number | undefined;
  readonly vegetationNdvi?: number | undefined;
}

/**
 * Computes `out[i]` for `i` in `[start, end)` from the bands in the order of `roles`; NaN in any band, 0/0 and what is infinite give NaN (no data).
 * `out` may be one of the bands' own arrays.
 */
export type ExpressionKernel = (bands: readonly Float64Array[], out: Float64Array, start: number, end: number) => void;

export interface CompiledExpression {
  readonly roles: readonly BandRole[];
  readonly kernel: ExpressionKernel;
  /** (second - first) / (second + first) of two bands. */
  readonly isNormalisedDifference: boolean;
}

const ROLES: Readonly<Record<Expression, readonly BandRole[]>> = {
  ndvi: ['red', 'nir'],
  evi2: ['red', 'nir'],
  savi: ['red', 'nir'],
  msavi2: ['red', 'nir'],
  fvc: ['red', 'nir'],
  ipvi: ['red', 'nir'],
  rvi: ['red', 'nir'],
  nbr: ['swir2', 'nir'],
  ndmi: ['swir1', 'nir'],
  bsi: ['red', 'nir', 'blue', 'swir1'],
  band: ['value'],
};

/** Bands that an expression needs, in the order in which its kernel takes them. */
export const rolesOf = (expression: Expression): readonly BandRole[] => ROLES[expression];

/**
 * Formulas over reflectances: NDVI (Rouse 1974), EVI2 (Jiang 2008), SAVI (Huete 1988), MSAVI2 (Qi 1994), NBR (Key and Benson 2006),
 * NDMI (Gao 1996), BSI (Rikimaru 2002), FVC = NDVI stretched between soil and full cover, cut to 0..1 (Gutman and Ignatov 1998),
 * IPVI (Crippen 1990), RVI (Pearson and Miller 1972).
 */
export function compileExpression(expression: Expression, options: ExpressionOptions = {}): CompiledExpression {
  const roles = ROLES[expression];
  if (roles === undefined) throw new GisError('expression-unknown', { expression });
  return {
    roles,
    kernel: kernelOf(expression, options),
    isNormalisedDifference: ['ndvi', 'nbr', 'ndmi'].includes(expression),
  };
}

function kernelOf(expression: Expression, options: ExpressionOptions): ExpressionKernel {
  switch (expression) {
    case 'band':
      return ([values], out, start, end) => {
        for (let i = start; i < end; i += 1) out[i] = finite((values as Float64Array)[i] as number);
      };
    case 'ndvi':
    case 'nbr':
    case 'ndmi':
      return normalisedDifference;
    case 'evi2':
      return overTwo((red, nir) => (2.5 * (nir - red)) / (nir + 2.4 * red + 1));
    case 'savi': {
      const soil = options.soilAdjustment ?? 0.5;
      return overTwo((red, nir) => ((nir - red) * (1 + soil)) / (nir + red + soil));
    }
    case 'ipvi':
      return overTwo((red, nir) => nir / (nir + red));
    case 'rvi':
      return overTwo((red, nir) => nir / red);
    case 'msavi2':
      return overTwo((red, nir) => (2 * nir + 1 - Math.sqrt((2 * nir + 1) ** 2 - 8 * (nir - red))) / 2);
    case 'fvc': {
      const soil = options.soilNdvi ?? 0.05;
      const span = (options.vegetationNdvi ?? 0.86) - soil;
      if (!(span > 0)) throw new GisError('expression-options', { soilNdvi: soil, vegetationNdvi: soil + span });
      return overTwo((red, nir) => Math.min(1, Math.max(0, ((nir - red) / (nir + red) - soil) / span)));
    }
    case 'bsi':
      return overFour((red, nir, blue, swir) => (swir + red - nir - blue) / (swir + red + nir + blue));
  }
}

/** Written out: nine in ten statistics are NDVI, and the call of a closure for each cell would be half of its cost. */
function normalisedDifference(bands: readonly Float64Array[], out: Float64Array, start: number, end: number): void {
  const low = bands[0] as Float64Array;
  const high = bands[1] as Float64Array;
  for (let i = start; i < end; i += 1) {
    const a = low[i] as number;
    const b = high[i] as number;
    const ratio = (b - a) / (b + a);
    // A sum of 0 with a difference (scaled values of opposite sign) is no ratio either.
    out[i] = ratio - ratio === 0 ? ratio : NaN;
  }
}

const finite = (value: number): number => (value - value === 0 ? value : NaN);

function overTwo(compute: (a: number, b: number) => number): ExpressionKernel {
  return ([a, b], out, start, end) => {
    for (let i = start; i < end; i += 1) {
      out[i] = finite(compute((a as Float64Array)[i] as number, (b as Float64Array)[i] as number));
    }
  };
}

function overFour(compute: (a: number, b: number, c: number, d: number) => number): ExpressionKernel {
  return ([a, b, c, d], out, start, end) => {
    for (let i = start; i < end; i += 1) {
      out[i] = finite(
        compute(
          (a as Float64Array)[i] as number,
          (b as Float64Array)[i] as number,
          (c as Float64Array)[i] as number,
          (d as Float64Array)[i] as number,
        ),
      );
    }
  };
}
