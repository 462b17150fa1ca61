// The spectral indices: what each needs, how it is computed from reflectances, and how it is drawn. Colours run from
// brown over pale to green or blue, in even steps of lightness, so that they can be told apart without seeing hue.
import {
  compileExpression,
  type ExpressionKernel,
  type ExpressionOptions,
  type IndexCode,
} from '../../gis/zonal/expression.ts';
import type { BandMap } from './scenes/scene-model.ts';
import { BAND_NAMES, type BandName } from './scenes/scene.contract.ts';

/** In the order of the legend. */
export const INDEX_CODES = [
  'ndvi',
  'evi2',
  'savi',
  'msavi2',
  'fvc',
  'nbr',
  'ndmi',
  'bsi',
] as const satisfies IndexCode[];
export const TRUECOLOUR = 'truecolour';
export type { IndexCode };
export type DrawnCode = IndexCode | typeof TRUECOLOUR;

export interface ColourStop {
  readonly value: number;
  /** `#rrggbb` */
  readonly color: string;
}

export interface SpectralIndex {
  readonly code: IndexCode;
  readonly nameEn: string;
  readonly nameZh: string;
  /** In reflectances, by band name. */
  readonly formula: string;
  readonly bands: readonly BandName[];
  /** Range of the legend; values beyond take the colour of the end. */
  readonly min: number;
  readonly max: number;
  readonly stops: readonly ColourStop[];
  /** Computes `out[i]` from reflectances in the order of `bands`; NaN where the formula has no value (0/0). */
  readonly kernel: ExpressionKernel;
}

/** NDVI of bare soil and of full cover in the two-part model of vegetation cover; fixed, so that dates compare. */
const NDVI_SOIL = 0.05;
const NDVI_FULL_COVER = 0.86;
export const INDEX_OPTIONS: ExpressionOptions = { soilNdvi: NDVI_SOIL, vegetationNdvi: NDVI_FULL_COVER };

const VEGETATION = [
  '#5a3511',
  '#8a5a1f',
  '#b98a45',
  '#dcc48a',
  '#f2ecc8',
  '#c4dd9a',
  '#84bd66',
  '#459343',
  '#1d6a33',
  '#08401f',
];
const COVER = ['#7a4a17', '#c49a55', '#f2ecc8', '#84bd66', '#08401f'];
const WATER = ['#7a4a17', '#c49a55', '#f4f1e4', '#7fb6d3', '#174f86'];
const SOIL = ['#174f43', '#6fae9b', '#f4f1e4', '#cf9c58', '#6b3a0d'];

function spread(min: number, max: number, colors: readonly string[]): ColourStop[] {
  const step = (max - min) / (colors.length - 1);
  return colors.map((color, index) => ({ value: Number((min + index * step).toFixed(4)), color }));
}

type Draft = Omit<SpectralIndex, 'stops' | 'bands' | 'kernel'> & { readonly colors: readonly string[] };

const drafts: readonly Draft[] = [
  {
    code: 'ndvi',
    nameEn: 'Normalised difference vegetation index',
    nameZh: '归一化植被指数',
    formula: '(nir - red) / (nir + red)',
    min: -0.1,
    max: 0.9,
    colors: VEGETATION,
  },
  {
    code: 'evi2',
    nameEn: 'Two-band enhanced vegetation index',
    nameZh: '双波段增强型植被指数',
    formula: '2.5 * (nir - red) / (nir + 2.4 * red + 1)',
    min: -0.1,
    max: 0.8,
    colors: VEGETATION,
  },
  {
    code: 'savi',
    nameEn: 'Soil-adjusted vegetation index (L = 0.5)',
    nameZh: '土壤调节植被指数（L = 0.5）',
    formula: '1.5 * (nir - red) / (nir + red + 0.5)',
    min: -0.1,
    max: 0.8,
    colors: VEGETATION,
  },
  {
    code: 'msavi2',
    nameEn: 'Modified soil-adjusted vegetation index 2',
    nameZh: '修正土壤调节植被指数 2',
    formula: '(2 * nir + 1 - sqrt((2 * nir + 1)^2 - 8 * (nir - red))) / 2',
    min: -0.1,
    max: 0.8,
    colors: VEGETATION,
  },
  {
    code: 'fvc',
    nameEn: 'Fractional vegetation cover',
    nameZh: '植被覆盖度',
    formula: `(ndvi - ${NDVI_SOIL}) / (${NDVI_FULL_COVER} - ${NDVI_SOIL}), 0..1`,
    min: 0,
    max: 1,
    colors: COVER,
  },
  {
    code: 'nbr',
    nameEn: 'Normalised burn ratio',
    nameZh: '归一化燃烧指数',
    formula: '(nir - swir2) / (nir + swir2)',
    min: -0.5,
    max: 0.9,
    colors: VEGETATION,
  },
  {
    code: 'ndmi',
    nameEn: 'Normalised difference moisture index',
    nameZh: '归一化水分指数',
    formula: '(nir - swir1) / (nir + swir1)',
    min: -0.6,
    max: 0.6,
    colors: WATER,
  },
  {
    code: 'bsi',
    nameEn: 'Bare soil index',
    nameZh: '裸土指数',
    formula: '((swir1 + red) - (nir + blue)) / ((swir1 + red) + (nir + blue))',
    min: -0.5,
    max: 0.5,
    colors: SOIL,
  },
];

function complete({ colors, ...draft }: Draft): SpectralIndex {
  const { roles, kernel } = compileExpression(draft.code, INDEX_OPTIONS);
  const bands = roles.flatMap(role => BAND_NAMES.filter(name => name === role));
  return { ...draft, bands, kernel, stops: spread(draft.min, draft.max, colors) };
}

export const SPECTRAL_INDICES: ReadonlyMap<IndexCode, SpectralIndex> = new Map(
  drafts.map(draft => [draft.code, complete(draft)]),
);

export function getIndex(code: IndexCode): SpectralIndex {
  const index = SPECTRAL_INDICES.get(code);
  if (index === undefined) throw new RangeError(`no index ${code}`);
  return index;
}

const has = (bands: BandMap, names: readonly BandName[]): boolean => names.every(name => bands[name] !== undefined);

/** What can be computed of a scene with these bands, in the order of the legend. */
export const computableIndices = (bands: BandMap): IndexCode[] =>
  INDEX_CODES.filter(code => has(bands, getIndex(code).bands));

/** What can be drawn of it. */
export function drawableCodes(bands: BandMap): DrawnCode[] {
  const codes = computableIndices(bands);
  return has(bands, ['red', 'green', 'blue']) ? [...codes, TRUECOLOUR] : codes;
}

/** Indices that rise with plant cover: a threshold for "vegetated" and the way to recovery are read from these alone. */
const OF_PLANTS: ReadonlySet<IndexCode> = new Set<IndexCode>(['ndvi', 'evi2', 'savi', 'msavi2', 'fvc']);
export const isOfPlants = (code: IndexCode): boolean => OF_PLANTS.has(code);
