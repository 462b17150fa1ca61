import {
  DAMAGE_TYPES,
  EVIDENCE_GRADES,
  REASONS,
  SCOPES,
  SEVERITIES,
  STAGES,
  type DamageType,
  type Reason,
  type Severity,
  type Stage,
} from '../../api/shapes/codes.ts';
import { nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { today } from '../../state/calendar.ts';
import { asksForRight } from '../../state/editing/saving.ts';
import { changeForm, form } from '../../state/editing/store.ts';
import { facilities } from '../../state/mine/places.ts';
import { SelectField, TextField } from '../../ui/field.tsx';

/** The dated statement that goes with the polygon. */
export function EventFormFields() {
  const values = form.value;
  return (
    <div class="form-grid">
      <SelectField<Stage | ''>
        label={t('land.stage')}
        value={values.stage}
        options={[
          { value: '', label: t('edit.choose') },
          ...STAGES.filter(stage => stage !== 'UND' || values.stage === 'UND').map(value => ({
            value,
            label: t(`stage.${value}`),
          })),
        ]}
        onChange={stage => changeForm({ stage })}
      />
      <TextField
        label={t('land.effectiveOn')}
        type="date"
        required
        max={today()}
        value={values.effectiveOn}
        onInput={effectiveOn => changeForm({ effectiveOn })}
      />
      <SelectField
        label={t('rate.scope')}
        value={values.scope}
        options={SCOPES.map(value => ({ value, label: t(`scope.${value}`) }))}
        onChange={scope => changeForm({ scope })}
      />
      <SelectField
        label={t('land.evidence')}
        value={values.evidenceGrade}
        options={EVIDENCE_GRADES.map(value => ({ value, label: `${value} ${t(`evidence.${value}`)}` }))}
        onChange={evidenceGrade => changeForm({ evidenceGrade })}
      />
      <SelectField<Reason | ''>
        label={t('land.reason')}
        hint={t('edit.reason.hint')}
        value={values.reason}
        options={[
          { value: '', label: t('edit.none') },
          ...REASONS.map(value => ({ value, label: t(`reason.${value}`) })),
        ]}
        onChange={reason => changeForm({ reason })}
      />
      <SelectField<DamageType | ''>
        label={t('land.damage')}
        value={values.damageType}
        options={[
          { value: '', label: t('edit.none') },
          ...DAMAGE_TYPES.map(value => ({ value, label: t(`damage.${value}`) })),
        ]}
        onChange={damageType => changeForm({ damageType })}
      />
      <SelectField<Severity | ''>
        label={t('land.severity')}
        value={values.severity}
        options={[
          { value: '', label: t('edit.none') },
          ...SEVERITIES.map(value => ({ value, label: t(`severity.${value}`) })),
        ]}
        onChange={severity => changeForm({ severity })}
      />
      <FacilityField />
      {asksForRight.value && (
        <TextField
          label={t('edit.right')}
          hint={t('edit.right.hint')}
          value={values.rightRef}
          onInput={rightRef => changeForm({ rightRef })}
        />
      )}
    </div>
  );
}

/** Which facility the land belongs to, where the mine has any. One that is named but no longer listed stays choosable. */
function FacilityField() {
  const { facilityId } = form.value;
  const known = (facilities.data.value ?? []).map(one => ({
    value: String(one.id),
    label: [nameOf(one), tCode('facility', one.type)].filter(text => text !== '').join(' · '),
  }));
  if (known.length === 0 && facilityId === '') return null;
  const isKnown = facilityId === '' || known.some(one => one.value === facilityId);
  return (
    <SelectField
      label={t('edit.facility')}
      value={facilityId}
      options={[
        { value: '', label: t('edit.none') },
        ...(isKnown ? [] : [{ value: facilityId, label: `#${facilityId}` }]),
        ...known,
      ]}
      onChange={chosen => changeForm({ facilityId: chosen })}
    />
  );
}
