import type { Polygonal } from '../../../gis/types.ts';

/** An answer whose geometry is known by the core's own type instead of loose arrays of numbers. */
export type Drawn<T extends { readonly geometry: unknown }> = Readonly<Omit<T, 'geometry'>> & {
  readonly geometry: null extends T['geometry'] ? Polygonal | null : Polygonal;
};
