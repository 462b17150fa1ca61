import type { BASES, DAMAGE_TYPES, EVIDENCE_GRADES, REASONS, SCOPES } from '../../../gis/ledger/vocabulary.ts';

/** Names of the ledger's small code lists; the codes are the core's, so a new one without a name does not compile. */
type Names<Codes extends readonly string[]> = Readonly<
  Record<Codes[number], { readonly nameZh: string; readonly nameEn: string }>
>;

export const BASIS_NAMES: Names<typeof BASES> = {
  E: { nameZh: '工程完成', nameEn: 'Works complete' },
  A: { nameZh: '验收合格', nameEn: 'Accepted' },
  C: { nameZh: '移交、解除义务', nameEn: 'Certified' },
};

export const SCOPE_NAMES: Names<typeof SCOPES> = {
  LIC: { nameZh: '采矿权人义务', nameEn: 'Licence duty' },
  LEG: { nameZh: '历史遗留', nameEn: 'Historic legacy' },
  VOL: { nameZh: '自愿治理的历史遗留', nameEn: 'Legacy treated voluntarily' },
  TMPU: { nameZh: '临时用地', nameEn: 'Temporary land use' },
};

export const EVIDENCE_NAMES: Names<typeof EVIDENCE_GRADES> = {
  E0: { nameZh: '仅申报', nameEn: 'Asserted only' },
  E1: { nameZh: '照片/定位', nameEn: 'Photograph with location' },
  E2: { nameZh: '卫星影像一致', nameEn: 'Satellite agrees' },
  E3: { nameZh: '样方调查', nameEn: 'Field plots' },
  E4: { nameZh: '验收文件', nameEn: 'Acceptance document' },
  E5: { nameZh: '主管部门证书', nameEn: 'Certificate of the regulator' },
};

export const REASON_NAMES: Names<typeof REASONS> = {
  REDIST: { nameZh: '再扰动', nameEn: 'Disturbed again' },
  FAIL: { nameZh: '管护失败', nameEn: 'Reclamation failed' },
  CORR: { nameZh: '更正', nameEn: 'Correction' },
  FLOOD: { nameZh: '洪水', nameEn: 'Flood' },
  FIRE: { nameZh: '火灾', nameEn: 'Fire' },
  SLIDE: { nameZh: '滑坡', nameEn: 'Landslide' },
};

export const DAMAGE_NAMES: Names<typeof DAMAGE_TYPES> = {
  EXC: { nameZh: '挖损', nameEn: 'Excavated' },
  OCC: { nameZh: '压占', nameEn: 'Covered by dumps' },
  SUB: { nameZh: '塌陷', nameEn: 'Subsided' },
  POL: { nameZh: '污染', nameEn: 'Polluted' },
};
