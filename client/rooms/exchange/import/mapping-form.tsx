import type { ImportAnswer } from '../../../api/imports.ts';
import { EVIDENCE_GRADES, REASONS, SCOPES, STAGES } from '../../../api/shapes/codes.ts';
import { t } from '../../../i18n/t.ts';
import { today } from '../../../state/calendar.ts';
import { changeMapping, importMapping } from '../../../state/mine/importing.ts';
import { SelectField, TextField } from '../../../ui/field.tsx';

const FIELDS = ['stage', 'effectiveOn', 'scope', 'evidenceGrade', 'reason'] as const;
type Field = (typeof FIELDS)[number];
const LABELS = {
  stage: 'land.stage',
  effectiveOn: 'land.effectiveOn',
  scope: 'rate.scope',
  evidenceGrade: 'land.evidence',
  reason: 'land.reason',
} as const;

/** Where stage, date, scope, evidence and reason of the rows come from: a column each, or one value for all. */
export function MappingForm({ answer }: { readonly answer: ImportAnswer }) {
  return (
    <div class="stack">
      {answer.mappingSource === 'remembered' && <p class="small muted">{t('import.mapping.remembered')}</p>}
      {FIELDS.map(field => (
        <FieldMapping key={field} field={field} answer={answer} />
      ))}
    </div>
  );
}

function FieldMapping({ field, answer }: { readonly field: Field; readonly answer: ImportAnswer }) {
  const { columns } = importMapping.value;
  const column = columns[field] ?? '';
  // Layers have a table of their own.
  const isOfLayers = answer.layers.length > 0 && column === 'layer';
  const options = [
    { value: '', label: t('import.mapping.same') },
    ...answer.fields.map(name => ({ value: name, label: name })),
  ];
  return (
    <div class="stack-tight">
      <div class="form-grid">
        {answer.fields.length > 0 && (
          <SelectField
            label={t('import.mapping.from', { what: t(LABELS[field]) })}
            value={column}
            options={options}
            onChange={name => changeMapping('columns', { [field]: name })}
          />
        )}
        {column === '' && <DefaultField field={field} />}
      </div>
      {column !== '' && (field === 'scope' || (field === 'stage' && !isOfLayers)) && (
        <ValueTable
          field={field}
          values={answer.values[column] ?? []}
          isLookedUp={answer.mappingSource === 'guessed' && answer.suggestedMapping.columns[field] === column}
        />
      )}
    </div>
  );
}

function DefaultField({ field }: { readonly field: Field }) {
  const { defaults } = importMapping.value;
  const label = t(LABELS[field]);
  const change = (value: string): void => changeMapping('defaults', { [field]: value });
  if (field === 'effectiveOn') {
    return <TextField label={label} type="date" max={today()} value={defaults.effectiveOn ?? ''} onInput={change} />;
  }
  const hint = field === 'reason' ? t('edit.reason.hint') : undefined;
  return (
    <SelectField label={label} hint={hint} value={defaults[field] ?? ''} options={codesOf(field)} onChange={change} />
  );
}

function codesOf(field: Exclude<Field, 'effectiveOn'>): { value: string; label: string }[] {
  if (field === 'stage') {
    const stages = STAGES.filter(stage => stage !== 'UND');
    return [{ value: '', label: t('edit.choose') }, ...stages.map(value => ({ value, label: t(`stage.${value}`) }))];
  }
  if (field === 'scope') {
    return [
      { value: '', label: t('scope.LIC') },
      ...SCOPES.slice(1).map(value => ({ value, label: t(`scope.${value}`) })),
    ];
  }
  if (field === 'reason') {
    return [{ value: '', label: t('edit.none') }, ...REASONS.map(value => ({ value, label: t(`reason.${value}`) }))];
  }
  return EVIDENCE_GRADES.map(value => ({
    value: value === 'E0' ? '' : value,
    label: `${value} ${t(`evidence.${value}`)}`,
  }));
}

interface ValueTableProps {
  readonly field: 'stage' | 'scope';
  readonly values: readonly string[];
  /** Whether all values that say what they stand for have it in the mapping: the others have to be chosen for. */
  readonly isLookedUp: boolean;
}

/** What each value of a column stands for. */
function ValueTable({ field, values, isLookedUp }: ValueTableProps) {
  if (values.length === 0) return null;
  const chosen = (importMapping.value.values[field] ?? {}) as Readonly<Record<string, string>>;
  const own = { value: '', label: t(isLookedUp ? 'edit.choose' : 'import.mapping.asWritten') };
  const options = [own, ...codesOf(field).filter(({ value }) => value !== '')];
  if (field === 'scope') options.splice(1, 0, { value: 'LIC', label: t('scope.LIC') });
  return (
    <div class="form-grid">
      {values.map(value => (
        <SelectField
          key={value}
          label={`${value} →`}
          value={chosen[value] ?? ''}
          options={options}
          onChange={code => {
            const next = { ...chosen, [value]: code };
            const kept = Object.fromEntries(Object.entries(next).filter(([, one]) => one !== ''));
            changeMapping('values', { [field]: kept });
          }}
        />
      ))}
    </div>
  );
}
