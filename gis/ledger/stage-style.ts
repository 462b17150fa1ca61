import type { StageCode } from './stages.ts';

export type Pattern = 'hatch' | 'dots' | 'cross';

export interface StageStyle {
  /** `#rrggbb`. */
  readonly fill: string;
  readonly pattern?: Pattern | undefined;
}

/**
 * One palette for map, legend, tables, charts and every file that has colours. Earth tones fall from cleared to disturbed,
 * works are gold, reclaimed land goes from pale to deep green; lightness rises and falls with the meaning, so that the order
 * survives colour blindness. Due land, temporary cover and approved other use carry a pattern too.
 */
export const STAGE_STYLE: Readonly<Record<StageCode, StageStyle>> = {
  UND: { fill: '#dcd9cf' },
  CLR: { fill: '#dfb98d' },
  DST: { fill: '#a9652f' },
  RDY: { fill: '#8f2f24', pattern: 'hatch' },
  LFM: { fill: '#f0d98a' },
  SOI: { fill: '#bf9a24' },
  TMP: { fill: '#cfd67a', pattern: 'dots' },
  EST: { fill: '#96d3ae' },
  CMP: { fill: '#3b9b78' },
  CRT: { fill: '#0d5a4a' },
  EXM: { fill: '#8298ab', pattern: 'cross' },
};
