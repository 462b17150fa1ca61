import type { refusals as en } from '../en/refusals.ts';

export const refusals: Record<keyof typeof en, string> = {
  'problem.accepted-too-early': '有 {area}土地将于 {on} 由“{from}”转为“{to}”，最早须到 {earliest} 才满足最短期限。',
  'problem.footprint-shrinks': '有 {area}已损毁土地（“{from}”）将变为未损毁；只有以“更正”为原因才可以。',
  'problem.event-too-small': '图形面积仅 {area}，小于测绘可分辨的范围。',
  'problem.reclaimed-never-disturbed': '“{to}”涉及的土地中有 {area}在 {on} 之前从未损毁。',
  'problem.backward-without-reason': '有 {area}土地将由“{from}”退回“{to}”，请注明原因。',
  'problem.certified-without-right': '有 {area}已移交土地将被重新占用（“{to}”），请填写新权利编号。',
  'problem.breaks-later-event': '此更改会使事件 #{eventId}（“{to}”，{on}）在 {area}上违反规则：{because}',

  'rule.reclaimed-never-disturbed': '对从未损毁的土地登记治理。',
  'rule.backward-without-reason': '土地退回较早状态而未注明原因。',
  'rule.certified-without-right': '重新占用已移交土地而无新权利。',
  'rule.footprint-shrinks': '已损毁土地变为未损毁。',
  'rule.accepted-too-early': '未满最短期限即验收。',
};
