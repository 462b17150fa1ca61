import { stageRank } from '../../gis/ledger/stages.ts';
import { clamp } from '../terrain/noise.ts';

const [CLR, DST, RDY, LFM, SOI, TMP, EXM] = (['CLR', 'DST', 'RDY', 'LFM', 'SOI', 'TMP', 'EXM'] as const).map(stageRank);

export interface CellOfLand {
  readonly rank: number;
  /** Years since the plants were set; negative where none stand. */
  readonly ageYears: number;
  readonly hollow: boolean;
  /** Cover of the same ground had nobody touched it, 0..1. */
  readonly natural: number;
  /** Patchiness, -1..1. */
  readonly patch: number;
}

/**
 * Share of a cell that green plants hide, 0..1. Bare works hold a few weeds; planted land comes back within three years
 * and stays a little below its surroundings.
 */
export function plantCover({ rank, ageYears, hollow, natural, patch }: CellOfLand): number {
  if (rank === 0) return natural;
  if (rank === EXM) return 0;
  if (hollow) return clamp(0.09 + 0.07 * patch, 0, 1);
  if (ageYears >= 0) {
    const grown = 0.14 + (0.84 * ageYears * ageYears) / (ageYears * ageYears + 1.3);
    return clamp(natural * grown + 0.09 * patch * (1.2 - grown), 0, 1);
  }
  switch (rank) {
    case CLR:
      return clamp(0.2 + 0.1 * patch, 0, 1);
    case RDY:
      return clamp(0.13 + 0.11 * patch, 0, 1);
    case LFM:
      return clamp(0.03 + 0.03 * patch, 0, 1);
    case SOI:
      return clamp(0.06 + 0.05 * patch, 0, 1);
    case TMP:
      return clamp(0.42 + 0.12 * patch, 0, 1);
    default:
      return rank === DST ? clamp(0.035 + 0.035 * patch, 0, 1) : natural;
  }
}
