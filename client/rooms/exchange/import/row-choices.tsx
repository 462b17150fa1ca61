import type { ImportAnswer } from '../../../api/imports.ts';
import { t } from '../../../i18n/t.ts';
import { chooseRows, importCount, leftOut, type RowChoice } from '../../../state/mine/importing.ts';
import { Button } from '../../../ui/button.tsx';

/** Choosing among many rows at once by what was found in them. Absent where nothing was found in single rows. */
export function RowChoices({ answer }: { readonly answer: ImportAnswer }) {
  const { errors, warnings } = answer.rows;
  const told = new Set([...errors, ...warnings]).size;
  if (told === 0) return null;
  const offers: readonly (readonly [choice: RowChoice, count: number])[] = [
    ['all', answer.rowCount],
    ...(errors.length > 0 && errors.length < told ? [['readable', answer.rowCount - errors.length] as const] : []),
    ['sound', answer.rowCount - told],
    ['told', told],
  ];
  return (
    <fieldset class="plain-group stack-tight">
      <legend class="visually-hidden">{t('import.rows.choose')}</legend>
      <p class="small">{t('import.rows.chosen', { count: importCount.value, total: answer.rowCount })}</p>
      <div class="row row-wrap">
        {offers.map(([choice, count]) => (
          <Button
            key={choice}
            small
            why={count === 0 ? t('import.rows.none') : null}
            kind={choice === 'all' && leftOut.value.size === 0 ? 'primary' : 'plain'}
            onClick={() => chooseRows(choice)}
          >
            {t(`import.rows.${choice}`, { count })}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
