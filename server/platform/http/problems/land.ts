// What can be wrong with an event of the land ledger, a period or a rate. `{position}` and areas travel in the params.
export const landProblems = {
  'effective-in-future': {
    status: 422,
    en: 'The event is dated {effectiveOn}, which has not come yet; the ledger records facts, not plans.',
    zh: '事件日期 {effectiveOn} 尚未到来；台账只记录事实，不记录计划。',
  },
  'event-before-mine': {
    status: 422,
    en: 'The event is dated {effectiveOn}, before the mine began on {startOn}; only legacy land (scope LEG) may be older.',
    zh: '事件日期 {effectiveOn} 早于矿山开始日期 {startOn}；只有历史遗留土地（范围 LEG）可以更早。',
  },
  'event-after-mine-end': {
    status: 422,
    en: 'New disturbance on {effectiveOn} comes after the mine ended on {endOn} and gives no reason.',
    zh: '矿山已于 {endOn} 结束，{effectiveOn} 的新增损毁须注明原因。',
  },
  'event-after-licence-end': {
    status: 422,
    en: 'New disturbance on {effectiveOn} on licensed land (scope LIC): the licence is in force only before {licenceEndOn}. Add the new licence boundary, or give a reason.',
    zh: '{effectiveOn} 在采矿权范围（LIC）内新增损毁，而采矿权仅在 {licenceEndOn} 之前有效。请补充新的采矿权范围，或注明原因。',
  },
  'event-far-from-mine': {
    status: 422,
    en: 'The drawing lies {distanceKm} km from every outline of this mine; licensed land lies within {limitM} m. Wrong zone, wrong mine, or legacy land (scope LEG)?',
    zh: '图形距本矿山所有边界 {distanceKm} km；采矿权义务土地应在 {limitM} m 以内。请检查带号或所属矿山，历史遗留土地请用范围 LEG。',
  },
  'accepted-too-early': {
    status: 422,
    en: 'On {areaM2} m² the land would pass from {fromStage} to {stage} on {effectiveOn}; it has been there long enough on {earliestOn}.',
    zh: '有 {areaM2} m² 土地将于 {effectiveOn} 由 {fromStage} 转为 {stage}，而最早须到 {earliestOn} 才满足最短期限。',
  },
  'footprint-shrinks': {
    status: 422,
    en: 'On {areaM2} m² disturbed land ({fromStage}) would become undisturbed; only a correction (reason CORR) can say so.',
    zh: '有 {areaM2} m² 已损毁土地（{fromStage}）将变为未损毁；只有更正（原因 CORR）才可以。',
  },
  'event-too-small': {
    status: 422,
    en: 'The outline covers {areaM2} m²: less than a survey can tell from drawing noise.',
    zh: '图形面积仅 {areaM2} m²，小于测绘可分辨的范围。',
  },
  'evidence-too-weak': {
    status: 422,
    en: 'Stage {stage} needs evidence {needed} or better; this event has {given}.',
    zh: '阶段 {stage} 需要 {needed} 级及以上证据，本事件为 {given}。',
  },
  'reclaimed-never-disturbed': {
    status: 422,
    en: 'Stage {stage} claims works on {areaM2} m² that were never disturbed before {effectiveOn}.',
    zh: '阶段 {stage} 涉及的土地中有 {areaM2} m² 在 {effectiveOn} 之前从未损毁。',
  },
  'backward-without-reason': {
    status: 422,
    en: 'On {areaM2} m² the land would go back from {fromStage} to {stage} without a reason.',
    zh: '有 {areaM2} m² 土地从 {fromStage} 退回 {stage}，但未注明原因。',
  },
  'certified-without-right': {
    status: 422,
    en: 'On {areaM2} m² certified land would be taken again ({stage}) without the id of a new right (rightRef).',
    zh: '有 {areaM2} m² 已移交土地被重新占用（{stage}），但未给出新的用地权利编号（rightRef）。',
  },
  'breaks-later-event': {
    status: 422,
    en: 'With this change event {eventId} ({stage}, {effectiveOn}) would break a rule ({fault}) on {areaM2} m².',
    zh: '此更改会使事件 {eventId}（{stage}，{effectiveOn}）在 {areaM2} m² 上违反规则（{fault}）。',
  },
  'facility-of-another-mine': {
    status: 422,
    en: 'Facility {facilityId} does not belong to this mine.',
    zh: '设施 {facilityId} 不属于本矿山。',
  },
  'event-retracted': {
    status: 409,
    en: 'Event {eventId} was retracted already.',
    zh: '事件 {eventId} 已撤回。',
  },
  'replaced-event-unknown': {
    status: 422,
    en: 'The event to be replaced ({eventId}) is not one of this mine.',
    zh: '要替换的事件（{eventId}）不属于本矿山。',
  },
  'land-geometry-refused': {
    status: 422,
    en: 'The database does not accept this outline as a valid polygon.',
    zh: '数据库不接受该图形：不是有效的多边形。',
  },
  'scope-mismatch': {
    status: 422,
    en: 'The numerator covers scopes that the denominator leaves out ({outside}): such a rate is not computed.',
    zh: '分子的义务范围超出分母（{outside}），不予计算该比率。',
  },
  'known-at-not-public': {
    status: 401,
    en: 'Sign in to see the ledger as it was known at an earlier time.',
    zh: '查看台账的历史认知状态需先登录。',
  },
  'known-at-not-yours': {
    status: 403,
    en: 'Your account reads only what is published of this mine, not what its ledger knew at an earlier time.',
    zh: '您的账号只能查看该矿山已发布的数据，不能查看其台账的历史认知状态。',
  },
  'series-reversed': {
    status: 422,
    en: 'The series ends ({to}) before it begins ({from}).',
    zh: '序列的结束日期 {to} 早于开始日期 {from}。',
  },
  'series-too-long': {
    status: 422,
    en: 'The series has {count} periods; {limit} are allowed.',
    zh: '序列共 {count} 期，超过上限 {limit} 期。',
  },
  'report-year-differs': {
    status: 422,
    en: 'The period ends on {asAt} but is to be reported as {reportYear}; confirm it (confirmReportYear) if that is meant.',
    zh: '期间截至 {asAt}，但报告年度为 {reportYear}；如确实如此，请确认（confirmReportYear）。',
  },
  'plan-exceeds-responsibility': {
    status: 422,
    en: 'The plan reclaims {totalM2} m² in all, more than the responsibility range holds ({responsibilityM2} m²).',
    zh: '计划复垦面积合计 {totalM2} m²，超过复垦责任范围面积（{responsibilityM2} m²）。',
  },
  'plan-areas-mixed': {
    status: 422,
    en: 'The plan of this mine gives {existing} areas; a {given} one cannot be mixed in.',
    zh: '本矿山计划为 {existing} 口径（incremental 为当年，cumulative 为累计），不能混入 {given} 口径。',
  },
  'plan-total-decreases': {
    status: 422,
    en: 'Running totals of a plan never fall: {year} says {plannedM2} m², {otherYear} says {otherM2} m².',
    zh: '累计计划面积不应减少：{year} 年为 {plannedM2} m²，{otherYear} 年为 {otherM2} m²。',
  },
  'period-in-future': {
    status: 422,
    en: 'A period ending {asAt} cannot be published yet.',
    zh: '截至 {asAt} 的期间尚未结束，不能发布。',
  },
  'published-final': {
    status: 409,
    en: 'A published period is final; publish a new one.',
    zh: '已发布的期间不可更改，请重新发布。',
  },
  'ledger-record-kept': {
    status: 409,
    en: 'A recorded event is never deleted; retract it.',
    zh: '已记录的事件不会删除，请使用撤回。',
  },
} as const;
