import { computed } from '@preact/signals';
import { isReclaimed } from '../../../gis/ledger/areas.ts';
import { isDisturbed, STAGES, type StageCode } from '../../../gis/ledger/stages.ts';
import type { Basis, RateCode } from '../../api/shapes/codes.ts';
import type { LandCell } from '../../api/shapes/land.ts';
import type { Boundary } from '../../api/shapes/mines.ts';
import { basis, openSide, rateCode, type RateSide } from '../selection.ts';
import { partition, restoration } from './land.ts';
import { boundaries } from './places.ts';

/** What one side of a rate is made of: land of the partition, a boundary, or a figure without polygons of its own. */
export type RateMembers =
  | { readonly kind: 'cells'; readonly cells: readonly LandCell[] }
  | { readonly kind: 'boundaries'; readonly boundaries: readonly Boundary[] }
  | { readonly kind: 'figure'; readonly why: 'year' | 'plan' };

/**
 * Which stages a side of a rate adds up, by the ledger's own rules; undefined where a side is not a sum of stages: a
 * year's change, a plan or a range.
 */
function stagesOf(code: RateCode, side: RateSide, counted: Basis): ((stage: StageCode) => boolean) | undefined {
  const isDue = (stage: StageCode): boolean => ['ready', 'activeWorks', 'reclaimed'].includes(STAGES[stage].group);
  const isReclaimedLand = (stage: StageCode): boolean => isReclaimed(stage, counted);
  const isUnderWorks = (stage: StageCode): boolean => ['activeWorks', 'reclaimed'].includes(STAGES[stage].group);
  return {
    RR1: { numerator: isReclaimedLand, denominator: isDisturbed },
    RR2: { numerator: isReclaimedLand, denominator: isDue },
    RR3: { numerator: isUnderWorks, denominator: isDisturbed },
    RR4: { numerator: undefined, denominator: undefined },
    RR5: { numerator: isReclaimedLand, denominator: undefined },
  }[code][side];
}

/** The polygons behind a side of the rate that is shown, largest first; undefined while they are on their way. */
export function membersOf(side: RateSide): RateMembers | undefined {
  const figures = restoration.data.value;
  const land = partition.data.value;
  const code = rateCode.value;
  if (figures === undefined || land === undefined) return undefined;
  const counts = stagesOf(code, side, basis.value);
  if (counts !== undefined) {
    const scopes = new Set(figures.scope);
    const cells = land.features.filter(({ properties }) => counts(properties.stage) && scopes.has(properties.scope));
    return { kind: 'cells', cells: cells.toSorted((a, b) => b.properties.areaM2 - a.properties.areaM2) };
  }
  if (code !== 'RR5') return { kind: 'figure', why: side === 'numerator' ? 'year' : 'plan' };
  const valid = (boundaries.data.value ?? []).filter(
    one => one.kind === 'RESP' && one.validFrom <= figures.asAt && (one.validTo === null || figures.asAt < one.validTo),
  );
  return { kind: 'boundaries', boundaries: valid };
}

export const openMembers = computed(() => (openSide.value === null ? undefined : membersOf(openSide.value)));
