import { useState } from 'preact/hooks';
import { chineseZoneOf } from '../../../gis/crs/chinese-zone.ts';
import { projectorFor } from '../../../gis/crs/projector.ts';
import type { SurveyCandidate } from '../../../gis/crs/detect-survey-crs.ts';
import { issueText } from '../../i18n/issues.ts';
import { locale } from '../../i18n/locale.ts';
import { t } from '../../i18n/t.ts';
import { readPasted } from '../../state/editing/tools/paste.ts';
import { replaceDrawing, session } from '../../state/editing/store.ts';
import { onDatum, SURVEY_DATUMS, type SurveyDatum } from '../../state/editing/tools/survey-datum.ts';
import { readSurvey, surveyPolygon } from '../../state/editing/tools/survey-lines.ts';
import { selectedSummary } from '../../state/mines.ts';
import { camera } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import { AreaField, SelectField, TextField } from '../../ui/field.tsx';
import { addTriangle } from './coordinate-table.tsx';

/** Takes a polygon as text, for survey tables and for those who do not use a pointer. */
export function PasteBox() {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [meridian, setMeridian] = useState('');
  const [chosen, setChosen] = useState(0);
  const [datum, setDatum] = useState<SurveyDatum>('CGCS2000');
  const [parameters, setParameters] = useState('');
  const box = selectedSummary.value?.bbox ?? undefined;
  const centralMeridian = meridian.trim() === '' ? undefined : Number(meridian);
  const survey = readSurvey(text, { box, centralMeridian });
  const candidate = survey?.candidates[chosen] ?? survey?.candidates[0];
  const hasDatum = candidate?.notation === 'metres' && chineseZoneOf(candidate.crs) !== undefined;
  const system = candidate && hasDatum ? onDatum(candidate.crs, datum, parameters) : candidate?.crs;
  const needsMeridian = survey?.findings.some(({ code }) => code === 'central-meridian-needed') === true;

  const finish = (): void => {
    setText('');
    setFault(undefined);
    setMeridian('');
    setChosen(0);
    setDatum('CGCS2000');
  };
  const take = (): void => {
    if (survey !== undefined) {
      const land = candidate && system && surveyPolygon(survey.pairs, { ...candidate, crs: system });
      if (land === undefined) return setFault(t('edit.survey.outside'));
      replaceDrawing(land);
      return finish();
    }
    const pasted = readPasted(text);
    if (!pasted.ok) return setFault(t(`edit.paste.${pasted.code}`));
    replaceDrawing(pasted.geometry);
    finish();
  };
  const triangle = (): void => {
    const at = camera.value;
    if (at !== null) addTriangle(at.lng, at.lat);
    else if (box) addTriangle((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
  };
  const [finding] = survey?.findings ?? [];
  const why =
    text.trim() === ''
      ? t('edit.paste.empty')
      : survey !== undefined && candidate === undefined && finding !== undefined
        ? issueText(finding)
        : survey !== undefined && system === undefined
          ? t('edit.survey.parameters.why')
          : null;
  return (
    <div class="stack">
      <AreaField
        label={t('edit.paste')}
        hint={t('edit.paste.hint')}
        error={fault}
        value={text}
        onInput={value => {
          setText(value);
          // Another table is another question.
          setChosen(0);
          setFault(undefined);
        }}
        rows={3}
        placeholder="POLYGON((112.01 35.01, 112.02 35.01, 112.02 35.02, 112.01 35.01))"
      />
      {survey !== undefined && survey.candidates.length > 0 && (
        <SelectField
          label={t('edit.survey.crs')}
          value={String(Math.min(chosen, survey.candidates.length - 1))}
          options={survey.candidates.map((one, index) => ({ value: String(index), label: nameOfReading(one) }))}
          onChange={value => setChosen(Number(value))}
        />
      )}
      {hasDatum && (
        <SelectField
          label={t('edit.survey.datum')}
          value={datum}
          options={SURVEY_DATUMS.map(value => ({ value, label: t(`edit.survey.datum.${value}`) }))}
          onChange={setDatum}
        />
      )}
      {hasDatum && datum !== 'CGCS2000' && (
        <TextField
          label={t('edit.survey.parameters')}
          hint={t('edit.survey.parameters.hint')}
          value={parameters}
          onInput={setParameters}
        />
      )}
      {(needsMeridian || meridian !== '') && (
        <TextField label={t('edit.survey.meridian')} type="number" value={meridian} onInput={setMeridian} />
      )}
      {survey?.findings.map((one, index) => (
        <p key={index} class="small muted">
          {issueText(one)}
        </p>
      ))}
      <div class="row row-wrap">
        <Button small onClick={take} why={why}>
          {t('edit.paste.take')}
        </Button>
        {session.value.rings.length === 0 && (
          <Button small kind="quiet" onClick={triangle}>
            {t('edit.triangle')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** System, code and order of the columns. */
function nameOfReading({ crs, order, notation }: SurveyCandidate): string {
  const system = projectorFor(crs).crs;
  const name = locale.value === 'en' ? system.nameEn : (system.nameZh ?? system.nameEn);
  const columns = t(`edit.survey.order.${order}`);
  const digits =
    notation === 'packed-dms' ? t('edit.survey.packed') : notation === 'run-dms' ? t('edit.survey.run') : '';
  return [name, crs, columns, digits].filter(Boolean).join(' · ');
}
