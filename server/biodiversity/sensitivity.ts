import {
  categoryOfTaxa,
  strictestCategory,
  type SensitivityCategory,
  type SensitivityTraits,
} from '../../gis/sensitivity/category.ts';
import { AppError } from '../platform/errors.ts';
import type { Viewer } from '../platform/viewer.ts';

export interface SensitivityRequest {
  readonly taxa: readonly SensitivityTraits[];
  /** What the place is used for; empty = unknown. */
  readonly uses: readonly string[];
  /** The category of a record without taxa: a habitat type is open, an unidentified animal is not. */
  readonly withoutTaxa: SensitivityCategory;
  /** What the writer asks for. */
  readonly wanted: SensitivityCategory | undefined;
  readonly reason: string | undefined;
  /** A category that the record cannot be milder than, e.g. its survey's. */
  readonly atLeast?: SensitivityCategory | undefined;
}

/**
 * The category that a record gets: a writer may tighten what the taxa call for; only a steward loosens it, with a reason.
 * @throws AppError `sensitivity-reason-required`
 */
export function effectiveCategory(viewer: Viewer, request: SensitivityRequest): SensitivityCategory {
  const floor = request.atLeast ?? 0;
  const computed = strictestCategory([categoryOfTaxa(request.taxa, request.uses, request.withoutTaxa), floor]);
  const { wanted } = request;
  if (wanted === undefined) return computed;
  const strictest = strictestCategory([wanted, computed]);
  if (strictest === wanted || viewer.role !== 'steward') return strictest;
  if (request.reason === undefined) throw new AppError('sensitivity-reason-required', { category: wanted, computed });
  return strictestCategory([wanted, floor]);
}

export const toCategory = (value: number): SensitivityCategory => value as SensitivityCategory;
