import { STAGE_CODES, STAGES } from '../../../../gis/ledger/stages.ts';
import { DAMAGE_TYPES, EVIDENCE_GRADES, REASONS, SCOPES } from '../../../../gis/ledger/vocabulary.ts';
import type { NewEvent } from '../../../land/events/events.contract.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import type { AttributeValue } from '../../survey-files/survey-file.ts';
import type { MappedField, Mapping } from './mapping.ts';
import { readDate } from './read-date.ts';

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: Object.fromEntries(
    STAGE_CODES.flatMap(code => [
      [plainWord(code), code],
      [plainWord(STAGES[code].nameEn), code],
      [plainWord(STAGES[code].nameZh), code],
    ]),
  ),
  scope: {
    ...own(SCOPES),
    采矿许可证: 'LIC',
    许可证: 'LIC',
    生产矿山: 'LIC',
    历史遗留: 'LEG',
    自愿治理: 'VOL',
    临时用地: 'TMPU',
  },
  evidenceGrade: own(EVIDENCE_GRADES),
  damageType: { ...own(DAMAGE_TYPES), 挖损: 'EXC', 压占: 'OCC', 塌陷: 'SUB', 沉陷: 'SUB', 污染: 'POL' },
  reason: { ...own(REASONS), 再扰动: 'REDIST', 管护失败: 'FAIL', 更正: 'CORR' },
};

function own(codes: readonly string[]): Record<string, string> {
  return Object.fromEntries(codes.map(code => [plainWord(code), code]));
}

/** A word as it is looked up: without spaces, commas and capitals. */
export function plainWord(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,，]/g, '')
    .toLowerCase();
}

/** The code that a value of a column stands for: by the mapping, by its own spelling, or undefined. */
export function codeOf(
  field: Exclude<MappedField, 'effectiveOn'>,
  value: AttributeValue,
  mapping: Mapping,
): string | undefined {
  const text = String(value ?? '').trim();
  const known = entryOf(mapping.values[field], text) ?? entryOf(NAMES[field], plainWord(text));
  // Layers of drawings: `CMP_验收合格`.
  return (
    known ??
    (field === 'stage' ? entryOf(NAMES[field], plainWord(/^[A-Z]{3}(?=[_-])/i.exec(text)?.[0] ?? '')) : undefined)
  );
}

/** What a record says itself: a cell may hold `constructor`. */
const entryOf = (record: Readonly<Record<string, string>> | undefined, key: string): string | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

const FAULTS: Readonly<Record<MappedField, string>> = {
  stage: 'stage-unknown',
  effectiveOn: 'date-unknown',
  scope: 'scope-unknown',
  evidenceGrade: 'value-unknown',
  damageType: 'value-unknown',
  reason: 'value-unknown',
};

/** The day of a row's event, as far as a mapping tells it. */
export function dateOf(
  { attributes }: { readonly attributes: Readonly<Record<string, AttributeValue>> },
  { columns, defaults }: Mapping,
): string | undefined {
  const name = columns.effectiveOn;
  const value = name !== undefined && Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
  return value === null || value === '' ? defaults.effectiveOn : readDate(value);
}

/** The properties of a row's event, or what is missing for them. */
export function mapRow(
  row: {
    readonly number: number;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
    readonly declaredAreaM2: number | undefined;
  },
  mapping: Mapping,
): { readonly properties: NewEvent['properties'] } | { readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const read = (field: MappedField): string | undefined => {
    const name = mapping.columns[field];
    const value = name !== undefined && Object.hasOwn(row.attributes, name) ? (row.attributes[name] ?? null) : null;
    if (value === null || value === '') return mapping.defaults[field];
    const code = field === 'effectiveOn' ? readDate(value) : codeOf(field, value, mapping);
    if (code === undefined) {
      const params = { value: String(value).slice(0, 60), column: name };
      findings.push({ code: FAULTS[field], severity: 'error', row: row.number, params });
    }
    return code;
  };
  const [stage, effectiveOn, scope, evidenceGrade, damageType, reason] = (
    ['stage', 'effectiveOn', 'scope', 'evidenceGrade', 'damageType', 'reason'] as const
  ).map(read);
  if (findings.length === 0 && (stage === undefined || effectiveOn === undefined)) {
    findings.push({ code: 'mapping-incomplete', severity: 'error', row: row.number });
  }
  if (findings.length > 0) return { findings };
  return {
    properties: {
      stage,
      effectiveOn,
      scope: scope ?? 'LIC',
      evidenceGrade: evidenceGrade ?? 'E0',
      damageType: damageType ?? null,
      reason: reason ?? null,
      severity: null,
      facilityId: null,
      rightRef: mapping.defaults.rightRef ?? null,
      replaces: null,
      declaredAreaM2: row.declaredAreaM2 ?? null,
    } as NewEvent['properties'],
  };
}
