import type { Box, Polygonal, Position } from '../../../../gis/types.ts';
import type { Expression } from '../../../../gis/zonal/expression.ts';

/** What the page and the worker that reads a raster say to each other. Plain data: it is copied on the way. */

export const LIVE_INDICES = ['ndvi', 'evi2', 'savi', 'msavi2', 'band'] as const satisfies readonly Expression[];
export type LiveIndex = (typeof LIVE_INDICES)[number];

export interface LiveBand {
  readonly number: number;
  readonly description: string | undefined;
  readonly scale: number;
  readonly offset: number;
}

/** What is known of a file once its directories have been read. */
export interface LiveInfo {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly crs: string;
  readonly noData: number | undefined;
  readonly bands: readonly LiveBand[];
  /** Closed, `[lng, lat]`, with points between the corners. */
  readonly outline: readonly Position[];
  /** North-west, north-east, south-east, south-west. */
  readonly corners: readonly [Position, Position, Position, Position];
  readonly box: Box;
}

/** Bands are counted from 1; `value` is the one of the index `band`. */
export interface LiveChoice {
  readonly index: LiveIndex;
  readonly red: number;
  readonly nir: number;
  readonly value: number;
  /** Value = sample * scale + offset; undefined = as the file says. */
  readonly scale: number | undefined;
  readonly offset: number | undefined;
}

export type LiveFigures =
  | {
      readonly status: 'ok';
      readonly mean: number;
      readonly stdev: number;
      /** Valid share of the part that lies on the raster, 0..1. */
      readonly validFraction: number;
      readonly onRasterFraction: number;
      readonly nEff: number;
      /** Area of the cells that counted, on the ellipsoid. */
      readonly areaM2: number;
    }
  | { readonly status: 'outside' | 'no-valid-pixels' | 'empty-geometry' | 'not-finite' | 'outside-crs' };

/** Premultiplied by nothing: RGBA, row by row, the northernmost first. */
export interface LivePicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface LiveFault {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Asked of the worker, answered in order. `open` replaces the file that was open before. */
export type LiveQuestion =
  | { readonly kind: 'open'; readonly file: File }
  | { readonly kind: 'measure'; readonly geometry: Polygonal; readonly choice: LiveChoice }
  | { readonly kind: 'draw'; readonly choice: LiveChoice };

export interface LiveAnswers {
  readonly open: LiveInfo;
  readonly measure: LiveFigures;
  /** Null where the file is too large to be drawn and has no overview. */
  readonly draw: LivePicture | null;
}

export type LiveReply =
  | { readonly id: number; readonly value: LiveAnswers[keyof LiveAnswers] }
  | { readonly id: number; readonly fault: LiveFault };
