// How the numbers come about, in both languages, beside the numbers.
import {
  ALGORITHM_VERSION,
  MIN_CELLS,
  MIN_EFFECTIVE_PIXELS,
  MIN_VALID_FRACTION,
  VEGETATED_FROM,
} from '../statistics/judge-zone.ts';
import { MIN_REFERENCE_CONTRAST, RECOVERY_AGREES_FROM, SCENES_TO_DISAGREE } from './judge-agreement.ts';
import type { VegetationAnswer } from './vegetation.contract.ts';

export const METHOD: VegetationAnswer['method'] = {
  algorithmVersion: ALGORITHM_VERSION,
  vegetatedFrom: VEGETATED_FROM,
  minValidFraction: MIN_VALID_FRACTION,
  minEffectivePixels: MIN_EFFECTIVE_PIXELS,
  minCells: MIN_CELLS,
  recoveryAgreesFrom: RECOVERY_AGREES_FROM,
  minReferenceContrast: MIN_REFERENCE_CONTRAST,
  scenesToDisagree: SCENES_TO_DISAGREE,
  definition: {
    en:
      'Every raster cell counts by the exact part of it that the outline covers; cells without data or under a masked ' +
      'class do not count. Areas are ellipsoidal. A row counts in means and judgements only when at least ' +
      `${MIN_VALID_FRACTION * 100} % of the land was seen with at least ${MIN_EFFECTIVE_PIXELS} effective cells, and ` +
      `the land is at least ${MIN_CELLS} cells large (0.25 ha at 10 m); other rows are listed with the reason. Stage means ` +
      'are weighted by area over the rows that count; what was left out stands beside them.',
    zh:
      '每个像元按图形覆盖的精确比例计入；无数据像元及掩膜类别不计入。面积为椭球面积。仅当有效覆盖不低于 ' +
      `${MIN_VALID_FRACTION * 100} %、有效像元数不少于 ${MIN_EFFECTIVE_PIXELS}、且图斑不小于 ${MIN_CELLS} 个像元` +
      '（10 m 时为 0.25 公顷）时，该行才参与均值与判断；其余各行照列并注明原因。各阶段均值按面积加权，未计入部分同时列出。',
  },
  agreementDefinition: {
    en:
      'Recovery index = (cell − land in use) / (reference area − land in use), all read in the same scene. The satellite ' +
      `agrees when the latest usable scene gives at least ${RECOVERY_AGREES_FROM}. It disagrees only when the ` +
      `${SCENES_TO_DISAGREE} latest usable scenes lie below with their whole 95 % interval. A scene is usable when the ` +
      `reference area is at least ${MIN_REFERENCE_CONTRAST} greener than land in use that day. Anything else is “not ` +
      'enough data”, with what is missing.',
    zh:
      '恢复指数 =（图斑 − 在用损毁地）/（参照区 − 在用损毁地），均取自同一景影像。最近一景可用影像的恢复指数不低于 ' +
      `${RECOVERY_AGREES_FROM} 时，判为“卫星一致”；仅当最近 ${SCENES_TO_DISAGREE} 景可用影像的 95 % 区间全部低于该值时，` +
      `才判为“不一致”。当日参照区须比在用损毁地至少高 ${MIN_REFERENCE_CONTRAST}，该景方可使用。其余情况均为“数据不足”，并注明所缺。`,
  },
  caution: {
    en:
      'A lower value in a later scene alone does not show that vegetation went: haze, season and light change it as ' +
      'well. Only comparisons within one scene are judged.',
    zh: '后一景数值较低本身并不能说明植被减少：霾、季节与光照都会使其变化。只对同一景影像内的对比作出判断。',
  },
};
