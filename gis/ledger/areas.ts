import { EVIDENCE_GRADES, type Basis, type EvidenceGrade, type Scope } from './vocabulary.ts';
import { isDisturbed, STAGE_CODES, STAGES, type StageCode } from './stages.ts';

/** A share of the partition at one date: ellipsoidal area in m² of all cells with the same stage, scope and evidence. */
export interface StageArea {
  readonly stage: StageCode;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly areaM2: number;
}

/** The sums every rate is made of, in m². `netOutstanding` depends on the basis, the rest does not. */
export interface LedgerAreas {
  readonly grossDisturbed: number;
  readonly inUse: number;
  readonly due: number;
  readonly activeWorks: number;
  readonly ready: number;
  readonly reclaimedE: number;
  readonly reclaimedA: number;
  readonly reclaimedC: number;
  readonly exempt: number;
  readonly netOutstanding: number;
}

const RECLAIMED: Readonly<Record<Basis, ReadonlySet<StageCode>>> = {
  E: new Set<StageCode>(['EST', 'CMP', 'CRT']),
  A: new Set<StageCode>(['CMP', 'CRT']),
  C: new Set<StageCode>(['CRT']),
};

/** True where land at this stage counts as reclaimed on this basis. */
export function isReclaimed(stage: StageCode, basis: Basis): boolean {
  return RECLAIMED[basis].has(stage);
}

/** Area in m² by stage, every stage named, 0 where there is none. */
export function sumByStage(rows: readonly StageArea[]): Record<StageCode, number> {
  const sums = Object.fromEntries(STAGE_CODES.map(code => [code, 0])) as Record<StageCode, number>;
  for (const row of rows) sums[row.stage] += row.areaM2;
  return sums;
}

/**
 * The ledger's areas from the partition's shares. Sums are formed from stages, so that
 * `grossDisturbed = inUse + ready + activeWorks + reclaimedE + exempt` and `due = grossDisturbed - inUse - exempt` hold by construction.
 */
export function computeAreas(rows: readonly StageArea[], basis: Basis): LedgerAreas {
  const byStage = sumByStage(rows);
  const sumWhere = (test: (code: StageCode) => boolean) =>
    STAGE_CODES.reduce((sum, code) => (test(code) ? sum + byStage[code] : sum), 0);
  const inGroup = (group: string) => sumWhere(code => STAGES[code].group === group);
  const reclaimed = (b: Basis) => sumWhere(code => isReclaimed(code, b));
  const exempt = inGroup('exempt');
  const outstanding = sumWhere(
    code => isDisturbed(code) && !isReclaimed(code, basis) && STAGES[code].group !== 'exempt',
  );
  return {
    grossDisturbed: sumWhere(isDisturbed),
    inUse: inGroup('inUse'),
    due: sumWhere(code => ['ready', 'activeWorks', 'reclaimed'].includes(STAGES[code].group)),
    activeWorks: inGroup('activeWorks'),
    ready: inGroup('ready'),
    reclaimedE: reclaimed('E'),
    reclaimedA: reclaimed('A'),
    reclaimedC: reclaimed('C'),
    exempt,
    netOutstanding: outstanding,
  };
}

/** Reclaimed area of a basis in m². */
export function reclaimedOf(areas: LedgerAreas, basis: Basis): number {
  return basis === 'E' ? areas.reclaimedE : basis === 'A' ? areas.reclaimedA : areas.reclaimedC;
}

/**
 * How much of RR1 survives when only evidence of a grade or better is believed: fraction of the gross footprint, by grade;
 * null where nothing was disturbed.
 */
export function computeEvidence(rows: readonly StageArea[], basis: Basis): Record<EvidenceGrade, number | null> {
  const gross = rows.reduce((sum, row) => (isDisturbed(row.stage) ? sum + row.areaM2 : sum), 0);
  const survives = (least: EvidenceGrade) =>
    rows.reduce(
      (sum, row) => (isReclaimed(row.stage, basis) && row.evidenceGrade >= least ? sum + row.areaM2 : sum),
      0,
    );
  return Object.fromEntries(EVIDENCE_GRADES.map(g => [g, gross > 0 ? survives(g) / gross : null])) as Record<
    EvidenceGrade,
    number | null
  >;
}
