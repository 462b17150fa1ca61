/**
 * The one vocabulary of land stages. A stage says what a piece of land is at a date; its rank says how far it has come.
 * What a stage counts as in a rate is decided here and nowhere else.
 */

export const STAGE_CODES = ['UND', 'CLR', 'DST', 'RDY', 'LFM', 'SOI', 'TMP', 'EST', 'CMP', 'CRT', 'EXM'] as const;
export type StageCode = (typeof STAGE_CODES)[number];

/** What a stage adds to: nothing, land in use, land ready and waiting, works under way, reclaimed land, or an approved other use. */
export type StageGroup = 'nothing' | 'inUse' | 'ready' | 'activeWorks' | 'reclaimed' | 'exempt';

export interface Stage {
  readonly code: StageCode;
  /** 0..10. A move to a lower rank is a step back and needs a reason. */
  readonly rank: number;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly group: StageGroup;
}

export const STAGES: Readonly<Record<StageCode, Stage>> = {
  UND: { code: 'UND', rank: 0, nameEn: 'Undisturbed', nameZh: '未损毁', group: 'nothing' },
  CLR: { code: 'CLR', rank: 1, nameEn: 'Cleared, soil in place', nameZh: '已清表', group: 'inUse' },
  DST: { code: 'DST', rank: 2, nameEn: 'Disturbed, in use', nameZh: '损毁在用', group: 'inUse' },
  RDY: { code: 'RDY', rank: 3, nameEn: 'Ready, work not started', nameZh: '待治理', group: 'ready' },
  LFM: { code: 'LFM', rank: 4, nameEn: 'Landform shaped', nameZh: '地形整治', group: 'activeWorks' },
  SOI: { code: 'SOI', rank: 5, nameEn: 'Soil placed', nameZh: '覆土', group: 'activeWorks' },
  TMP: { code: 'TMP', rank: 6, nameEn: 'Temporary cover', nameZh: '临时复绿', group: 'activeWorks' },
  EST: {
    code: 'EST',
    rank: 7,
    nameEn: 'Revegetated, in maintenance',
    nameZh: '复垦工程完成（管护期）',
    group: 'reclaimed',
  },
  CMP: { code: 'CMP', rank: 8, nameEn: 'Criteria met, accepted', nameZh: '验收合格', group: 'reclaimed' },
  CRT: { code: 'CRT', rank: 9, nameEn: 'Certified, duty ended', nameZh: '移交、解除义务', group: 'reclaimed' },
  EXM: { code: 'EXM', rank: 10, nameEn: 'Approved other use', nameZh: '批准保留或转用', group: 'exempt' },
};

/** Rank of a stage, 0..10. */
export function stageRank(code: StageCode): number {
  return STAGES[code].rank;
}

/** True where the land belongs to the gross disturbed footprint: every stage but UND, approved other uses included. */
export function isDisturbed(code: StageCode): boolean {
  return STAGES[code].rank >= 1;
}

/** True for the stages that claim works on disturbed land (LFM..CRT) and therefore need earlier disturbance beneath them. */
export function claimsWorks(code: StageCode): boolean {
  const rank = STAGES[code].rank;
  return rank >= 4 && rank <= 9;
}
