import type { GroundKind, SceneSpec } from '../sites/site-spec.ts';

export type BandName = SceneSpec['bands'][number];

/** Reflectance (0..1) of a surface in each band; typical values, good enough to look at and to reckon with. */
export type Surface = Readonly<Record<BandName, number>>;

export const WOOD: Surface = { blue: 0.024, green: 0.05, red: 0.028, nir: 0.385, swir1: 0.15 };
export const MEADOW: Surface = { blue: 0.036, green: 0.092, red: 0.052, nir: 0.37, swir1: 0.2 };
export const WATER: Surface = { blue: 0.055, green: 0.06, red: 0.038, nir: 0.018, swir1: 0.008 };
export const CLOUD: Surface = { blue: 0.68, green: 0.67, red: 0.66, nir: 0.68, swir1: 0.42 };
export const ROOFS: Surface = { blue: 0.13, green: 0.145, red: 0.165, nir: 0.2, swir1: 0.22 };
export const TOPSOIL: Surface = { blue: 0.06, green: 0.085, red: 0.125, nir: 0.2, swir1: 0.29 };
/** Ground between the plants where nobody mined. */
export const NATURAL_SOIL: Surface = { blue: 0.06, green: 0.085, red: 0.11, nir: 0.19, swir1: 0.26 };

export const BARE_GROUND: Readonly<Record<GroundKind, Surface>> = {
  bauxite: { blue: 0.075, green: 0.115, red: 0.205, nir: 0.262, swir1: 0.33 },
  'grey-waste': { blue: 0.125, green: 0.145, red: 0.168, nir: 0.2, swir1: 0.24 },
  'red-mud': { blue: 0.06, green: 0.088, red: 0.235, nir: 0.285, swir1: 0.31 },
  'pale-tailings': { blue: 0.205, green: 0.235, red: 0.265, nir: 0.3, swir1: 0.3 },
  desert: { blue: 0.12, green: 0.155, red: 0.195, nir: 0.245, swir1: 0.33 },
};
