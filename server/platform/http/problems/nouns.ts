interface Noun {
  readonly en: string;
  readonly zh: string;
}

/** What the codes in `params.kind` of `not-found` are called in a sentence. */
export const KIND_NOUNS: Readonly<Record<string, Noun>> = {
  boundary: { en: 'boundary', zh: '边界' },
  facility: { en: 'facility', zh: '设施' },
  file: { en: 'file', zh: '文件' },
  habitat: { en: 'habitat', zh: '栖息地' },
  import: { en: 'import', zh: '导入' },
  job: { en: 'background job', zh: '后台任务' },
  'land-event': { en: 'land event', zh: '土地事件' },
  mine: { en: 'mine', zh: '矿山' },
  occurrence: { en: 'species record', zh: '物种记录' },
  organisation: { en: 'organisation', zh: '组织' },
  'published-period': { en: 'published period', zh: '已发布期间' },
  'reference-area': { en: 'reference area', zh: '参照区' },
  scene: { en: 'scene', zh: '影像' },
  survey: { en: 'survey', zh: '调查' },
  taxon: { en: 'taxon', zh: '物种' },
};

/** What the codes in `params.action` are called in a sentence; one for each action of the policy. */
export const ACTION_NOUNS: Readonly<Record<string, Noun>> = {
  'account.manage': { en: 'manage accounts', zh: '管理账号' },
  'token.create': { en: 'make a token', zh: '创建令牌' },
  'mine.create': { en: 'add a mine or an organisation', zh: '新增矿山或组织' },
  'mine.edit': { en: 'change a mine', zh: '修改矿山' },
  'boundary.edit': { en: 'change boundaries', zh: '修改边界' },
  'land.write': { en: 'record land events', zh: '登记土地事件' },
  'land.retract': { en: 'take land events back', zh: '撤回土地事件' },
  'land.readWorking': { en: 'read the working ledger', zh: '查看工作台账' },
  'period.publish': { en: 'publish a period', zh: '发布期间' },
  'plan.write': { en: 'set annual plans', zh: '填报年度计划' },
  'facility.write': { en: 'change facilities', zh: '修改设施' },
  'habitat.write': { en: 'change habitats', zh: '修改栖息地' },
  'occurrence.write': { en: 'record species and surveys', zh: '登记物种记录与调查' },
  'taxon.write': { en: 'add taxa', zh: '新增物种' },
  'scene.write': { en: 'send scenes', zh: '上传影像' },
  'scene.writeOfMine': { en: 'send scenes of this mine', zh: '上传该矿山的影像' },
  'reference.write': { en: 'set reference areas', zh: '划定参照区' },
  'job.read': { en: 'follow background jobs', zh: '查看后台任务' },
  'job.cancel': { en: 'end this background job', zh: '取消该后台任务' },
};

/** The word for a param of a sentence, undefined where it has none and is written as it is. */
export function nounOf(param: string, value: unknown): Noun | undefined {
  const nouns = param === 'kind' ? KIND_NOUNS : param === 'action' ? ACTION_NOUNS : undefined;
  return nouns && typeof value === 'string' && Object.hasOwn(nouns, value) ? nouns[value] : undefined;
}
