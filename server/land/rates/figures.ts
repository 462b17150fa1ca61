import {
  computeAreas,
  computeEvidence,
  isReclaimed,
  sumByStage,
  type LedgerAreas,
  type StageArea,
} from '../../../gis/ledger/areas.ts';
import { DEFINITION_VERSION } from '../../../gis/ledger/definitions.ts';
import { assertScopesMatch, computeRates, ratesWithoutValue } from '../../../gis/ledger/rates.ts';
import { sumTerms, type Transition } from '../../../gis/ledger/reconciliation.ts';
import type { Basis, Scope } from '../../../gis/ledger/vocabulary.ts';
import { GisError } from '../../../gis/errors.ts';
import { AppError } from '../../platform/errors.ts';

/** The definition a reader chose. */
export interface Definition {
  readonly basis: Basis;
  readonly scope: readonly Scope[];
  readonly numeratorScope?: readonly Scope[] | undefined;
}

/** What the figures of a mine or group are made of. Areas m². */
export interface FigureInput {
  readonly shares: readonly StageArea[];
  /** From the first of January of the date's year up to the date. */
  readonly yearToDate: readonly Transition[];
  readonly plannedM2: number | null;
  readonly responsibilityM2: number | null;
  readonly source: 'working' | 'published' | 'none';
  readonly ledgerHash: string;
}

/**
 * Areas, rates and evidence of one partition under one definition.
 * @throws AppError `scope-mismatch`
 */
export function makeFigures(input: FigureInput, definition: Definition) {
  const { basis, scope } = definition;
  assertDefinition(definition);
  const inScope = input.shares.filter(row => scope.includes(row.scope));
  const areas = narrowNumerator(computeAreas(inScope, basis), inScope, definition);
  const { newlyReclaimed } = sumTerms(input.yearToDate, basis, definition.numeratorScope ?? scope);
  return {
    basis,
    scope: [...scope],
    source: input.source,
    areasM2: areas,
    stagesM2: sumByStage(inScope),
    rates:
      input.source === 'none'
        ? ratesWithoutValue(basis, 'not-published')
        : computeRates({
            areas,
            basis,
            scope,
            newlyReclaimedM2: newlyReclaimed,
            plannedM2: input.plannedM2 ?? undefined,
            responsibilityM2: input.responsibilityM2 ?? undefined,
          }),
    evidence: computeEvidence(inScope, basis),
    definitionVersion: DEFINITION_VERSION,
    ledgerHash: input.ledgerHash,
  };
}

/** @throws AppError `scope-mismatch` */
export function assertDefinition({ scope, numeratorScope }: Definition): void {
  try {
    if (numeratorScope !== undefined) assertScopesMatch(numeratorScope, scope);
  } catch (error) {
    if (error instanceof GisError) throw new AppError(error.code, error.params, { cause: error });
    throw error;
  }
}

/** With a narrower numerator the reclaimed sums count its scopes only; the denominators stay. */
function narrowNumerator(areas: LedgerAreas, rows: readonly StageArea[], definition: Definition): LedgerAreas {
  const { numeratorScope } = definition;
  if (numeratorScope === undefined) return areas;
  const reclaimed = (basis: Basis) =>
    rows.reduce(
      (sum, row) => (numeratorScope.includes(row.scope) && isReclaimed(row.stage, basis) ? sum + row.areaM2 : sum),
      0,
    );
  return { ...areas, reclaimedE: reclaimed('E'), reclaimedA: reclaimed('A'), reclaimedC: reclaimed('C') };
}
