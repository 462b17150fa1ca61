import type { ExportLayer, ExportNotes, Field } from '../export-layer.ts';

/** The notes as lines, both languages: for files that have room for words. */
export function notesLines(notes: ExportNotes): readonly (readonly [title: string, value: string])[] {
  return [
    ['查询 Query', notes.query],
    ['截至日期 As at', notes.asAt],
    ['导出日期 Written on', notes.day],
    ['读者角色 Read as', notes.role],
    ['数据单位 Held by', `${notes.owner.zh} ${notes.owner.en}`],
    ['位置精度 Precision of places', notes.precision.zh],
    ['', notes.precision.en],
    ['许可 Licence', notes.licence.zh],
    ['', notes.licence.en],
    ['定义版本 Definitions', notes.definitionVersion],
  ];
}

/** What each field is called and means. */
export const fieldLine = (field: Field): string =>
  `${field.title.zh} / ${field.title.en}: ${field.meaning.zh} / ${field.meaning.en}`;

export const titleOf = ({ title }: ExportLayer): string => `${title.zh} ${title.en}`;
