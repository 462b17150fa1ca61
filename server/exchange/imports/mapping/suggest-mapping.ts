import { createHash } from 'node:crypto';
import type { AttributeValue } from '../../survey-files/survey-file.ts';
import { codeOf, plainWord } from './map-row.ts';
import { mappingSchema, type MappedField, type Mapping } from './mapping.ts';
import { readDate } from './read-date.ts';
import { STAGE_WORDS } from './stage-words.ts';

const HEADINGS: Readonly<Record<MappedField, RegExp>> = {
  stage: /^(stage|land_?stage|status|(土地|地块|图斑)?状态)$|阶段|治理状态|复垦状态/i,
  effectiveOn: /^(effective_?on|date|since|on|timestamp|begin)$|日期|时间$/i,
  scope: /^(scope|obligation)$|(责任|义务)范围|责任类型/i,
  evidenceGrade: /^(evidence_?grade|evidence)$|证据/i,
  damageType: /^(damage_?type|damage)$|损毁(类型|方式)/i,
  reason: /^reason$|原因|事由/i,
};

const NOTHING_MAPPED = mappingSchema.parse({});

/** Which column probably means what: by its heading, confirmed by the values that stand in it. */
export function suggestMapping(
  fields: readonly string[],
  sample: readonly Readonly<Record<string, AttributeValue>>[],
  isDrawing = false,
): Mapping {
  const empty = NOTHING_MAPPED;
  const columns: Partial<Record<MappedField, string>> = {};
  for (const field of Object.keys(HEADINGS) as MappedField[]) {
    const holds = (name: string): boolean => {
      const filled = sample.map(row => row[name] ?? null).filter(value => value !== null && value !== '');
      if (filled.length === 0) return false;
      const known = filled.filter(value =>
        field === 'effectiveOn' ? readDate(value) !== undefined : codeOf(field, value, empty) !== undefined,
      );
      return known.length >= filled.length / 2;
    };
    const byHeading = fields.filter(name => HEADINGS[field].test(name.trim()));
    const found = byHeading.find(holds) ?? (field === 'stage' ? byHeading[0] : undefined);
    if (found !== undefined && !Object.values(columns).includes(found)) columns[field] = found;
  }
  // The layers of a drawing are what its stages are told by, whatever they are called.
  if (isDrawing) columns.stage ??= 'layer';
  // Folders of a KML may be made by stage, or by anything else.
  const isFiled = fields.includes('folder') && meaningsOf('stage', 'folder', sample).length > 0;
  if (isFiled) columns.stage ??= 'folder';
  const values = Object.fromEntries(
    (['stage', 'scope'] as const).flatMap(field => {
      const column = columns[field];
      const meanings = column === undefined ? [] : meaningsOf(field, column, sample);
      return meanings.length === 0 ? [] : [[field, Object.fromEntries(meanings)]];
    }),
  ) as Mapping['values'];
  return { ...empty, columns, values };
}

const MAX_VALUES = 40;

/** What the values of a column stand for, as far as they say it: to be seen and changed before anything is written. */
function meaningsOf(
  field: 'stage' | 'scope',
  column: string,
  sample: readonly Readonly<Record<string, AttributeValue>>[],
): [value: string, code: string][] {
  const texts = new Set(
    sample.map(row => String(row[column] ?? '').trim()).filter(text => text !== '' && text.length <= 200),
  );
  return [...texts].slice(0, MAX_VALUES).flatMap((text): [string, string][] => {
    const word = plainWord(text);
    const guessed = field === 'stage' && Object.hasOwn(STAGE_WORDS, word) ? STAGE_WORDS[word] : undefined;
    const code = codeOf(field, text, NOTHING_MAPPED) ?? guessed;
    return code === undefined ? [] : [[text, code]];
  });
}

/** The same columns in any order are the same kind of file. */
export const fieldsKey = (format: string | null, fields: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([format, [...fields].toSorted()]))
    .digest('hex');
