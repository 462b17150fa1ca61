import type { StageCode } from '../../../../gis/ledger/stages.ts';

/** What people write into a column for the stage of land, besides its codes and names; a suggestion to be looked at, never taken unseen. */
export const STAGE_WORDS: Readonly<Record<string, StageCode>> = Object.fromEntries(
  (
    [
      ['DST', '损毁 已损毁 挖损 压占 占用 塌陷 沉陷 破坏 在用 正在使用 开采中 disturbed active inuse mined'],
      ['RDY', '未治理 待复垦 未复垦 待修复 未修复 notstarted abandoned'],
      ['LFM', '平整 土地平整 场地平整 整形 regraded graded'],
      ['SOI', '已覆土 表土回覆 topsoiled'],
      ['EST', '已复垦 复垦完成 已治理 治理完成 已修复 修复完成 已绿化 管护 管护期 reclaimed revegetated seeded'],
      ['CMP', '已验收 验收通过 accepted'],
      ['CRT', '已移交 移交 released certified'],
    ] as const
  ).flatMap(([code, words]) => words.split(' ').map(word => [word, code])),
);
