import type { IsoDate } from '../types.ts';
import { daysBetween, MIN_VALID_FRACTION } from './season.ts';

/** An index over some ground on one day: its mean with what the mean rests on. */
export interface ZoneEvidence {
  readonly mean: number;
  readonly stdev: number;
  /** Effective number of cells: (Σ w)² / Σ w². */
  readonly nEff: number;
  /** Share of the ground that was seen, 0..1. */
  readonly validFraction: number;
  /** Where cell and reference both have it, the days must be one. */
  readonly acquiredOn?: IsoDate | undefined;
}

export interface RecoveryInput {
  /** The land cell on the day. */
  readonly cell: ZoneEvidence;
  /** The same ground, or the mine's bare ground, after disturbance and before works. */
  readonly disturbed: ZoneEvidence;
  /** Reference ground of the same ecosystem, read on the same day as the cell, so that a dry year is not taken for failure. */
  readonly reference: ZoneEvidence;
}

export interface RecoveryOptions {
  readonly minValidFraction?: number | undefined;
  readonly minEffectivePixels?: number | undefined;
  /** Reference and disturbed ground must differ by this much of the index, or the ratio says nothing. */
  readonly minContrast?: number | undefined;
}

export type RecoveryResult =
  | {
      readonly status: 'ok';
      /** 0 = as disturbed, 1 = as the reference; may lie outside 0..1. */
      readonly recoveryIndex: number;
      /** 95 % interval by error propagation from the standard errors of the three means. */
      readonly low: number;
      readonly high: number;
      /** Effective cells of the scarcest of the three. */
      readonly nEff: number;
    }
  | {
      readonly status: 'insufficient-data';
      readonly reason: 'low-coverage' | 'too-small' | 'not-same-day' | 'no-contrast';
      readonly part: keyof RecoveryInput;
      readonly have: number;
      readonly need: number;
    };

const DEFAULTS = { minValidFraction: MIN_VALID_FRACTION, minEffectivePixels: 10, minContrast: 0.05 };

/** RI = (x_cell - x_disturbed) / (x_reference - x_disturbed). Each input must rest on enough ground, and the two ends must differ. */
export function recoveryIndex(input: RecoveryInput, options: RecoveryOptions = {}): RecoveryResult {
  const least = options.minValidFraction ?? DEFAULTS.minValidFraction;
  const pixels = options.minEffectivePixels ?? DEFAULTS.minEffectivePixels;
  const contrastNeeded = options.minContrast ?? DEFAULTS.minContrast;
  const parts = ['cell', 'disturbed', 'reference'] as const;
  for (const part of parts) {
    const { mean, stdev, validFraction, nEff } = input[part];
    // What has no mean was not seen, whatever share of it is said to be valid.
    const seen = Number.isFinite(mean) && Number.isFinite(stdev) && Number.isFinite(validFraction) ? validFraction : 0;
    if (!(seen >= least)) return { status: 'insufficient-data', reason: 'low-coverage', part, have: seen, need: least };
    if (!(nEff >= pixels)) return { status: 'insufficient-data', reason: 'too-small', part, have: nEff, need: pixels };
  }
  const { cell, disturbed, reference } = input;
  const apart =
    cell.acquiredOn === undefined || reference.acquiredOn === undefined
      ? 0
      : daysBetween(cell.acquiredOn, reference.acquiredOn);
  if (apart !== 0) {
    return { status: 'insufficient-data', reason: 'not-same-day', part: 'reference', have: apart, need: 0 };
  }
  const contrast = reference.mean - disturbed.mean;
  if (!(Math.abs(contrast) >= contrastNeeded)) {
    return {
      status: 'insufficient-data',
      reason: 'no-contrast',
      part: 'reference',
      have: Math.abs(contrast),
      need: contrastNeeded,
    };
  }
  const recovery = (cell.mean - disturbed.mean) / contrast;
  const variance = ({ stdev, nEff }: ZoneEvidence): number => stdev ** 2 / nEff;
  const error =
    Math.sqrt(variance(cell) + (1 - recovery) ** 2 * variance(disturbed) + recovery ** 2 * variance(reference)) /
    Math.abs(contrast);
  return {
    status: 'ok',
    recoveryIndex: recovery,
    low: recovery - 1.96 * error,
    high: recovery + 1.96 * error,
    nEff: Math.min(cell.nEff, disturbed.nEff, reference.nEff),
  };
}
