import { fillAreas, roundedM2 } from '../../../gis/area-wording.ts';
import type { Wording } from '../../../gis/ledger/vocabulary.ts';
import type { FindingAnswer } from '../../mines/finding.contract.ts';
import type { FindingRow } from './findings.repository.ts';

/** What each finding says; the finding's params are filled in, areas in the units of the reader. */
const MESSAGES: Readonly<Record<string, Wording>> = {
  'out-of-bounds': {
    en: '{areaM2} m² lie outside every boundary that allows disturbance (licence, surface right, responsibility range).',
    zh: '有 {areaM2} m² 位于采矿许可证、用地范围和复垦责任范围之外（越界）。',
  },
  'beyond-approved-limit': {
    en: '{areaM2} m² lie beyond the approved limit of disturbance.',
    zh: '有 {areaM2} m² 超出批准扰动上限。',
  },
  'land-of-another-mine': {
    en: '{areaM2} m² belong to the ledger of mine {mineCode} as well.',
    zh: '有 {areaM2} m² 同时属于矿山 {mineCode} 的台账。',
  },
  'scope-changed': {
    en: 'On {areaM2} m² works of scope {toScope} cover land of scope {fromScope}: it leaves that report and enters this one.',
    zh: '有 {areaM2} m² 的土地范围由 {fromScope} 变为 {toScope}：将从前者口径移入后者口径。',
  },
  'declared-area-differs': {
    en: 'The outline covers {areaM2} m², but {declaredAreaM2} m² were declared: more than 0.5 % off.',
    zh: '图形面积为 {areaM2} m²，而申报面积为 {declaredAreaM2} m²，相差超过 0.5 %。',
  },
  'boundary-of-another-mine': {
    en: '{areaM2} m² lie inside an outline of mine {mineCode} as well; {responsibleMine}, whose licence is the older one, answers for them.',
    zh: '有 {areaM2} m² 同时位于矿山 {mineCode} 的边界内；由许可证较早的 {responsibleMine} 负责。',
  },
  'responsibility-outside-zone': {
    en: '{areaM2} m² of the responsibility range lie outside the reclamation zone and the land in use.',
    zh: '复垦责任范围中有 {areaM2} m² 位于复垦区和用地范围之外。',
  },
  'accepted-too-early': {
    en: '{areaM2} m² pass from {fromStage} to {stage} sooner than the {minMonths} months of the stage rule, which is not confirmed yet.',
    zh: '有 {areaM2} m² 由 {fromStage} 转为 {stage}，早于阶段规则要求的 {minMonths} 个月（该规则尚未确认）。',
  },
  'assumed-disturbed-before': {
    en: 'Nobody recorded the damage on {areaM2} m² of this legacy land; it is assumed from {effectiveOn}.',
    zh: '该历史遗留土地中有 {areaM2} m² 没有损毁记录，按 {effectiveOn} 起已损毁处理。',
  },
};

/** The finding as it is answered, worded in both languages. */
export function wordFinding(row: FindingRow): FindingAnswer {
  const params = { ...row.params, areaM2: roundedM2(row.areaM2) };
  const message = MESSAGES[row.code] ?? { en: row.code, zh: row.code };
  const fill = (language: keyof Wording) =>
    fillAreas(message[language], language, params).replace(/\{(\w+)\}/g, (all, name: string) =>
      String((params as Record<string, string | number | undefined>)[name] ?? all),
    );
  return {
    code: row.code,
    severity: row.severity,
    areaM2: row.areaM2,
    position: [row.lng, row.lat],
    params,
    message: { en: fill('en'), zh: fill('zh') },
  };
}
