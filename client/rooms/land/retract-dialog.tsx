import { useState } from 'preact/hooks';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import type { LandEvent } from '../../api/shapes/land.ts';
import { formatDate, formatHa } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { retract } from '../../state/editing/saving.ts';
import { laterEventOf, showLaterEvent } from '../../state/mine/show-later-event.ts';
import { notify } from '../../state/notices.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/states.tsx';

export interface RetractDialogProps {
  readonly mineId: number;
  readonly event: LandEvent;
  readonly onClose: () => void;
}

/** Nothing is ever deleted: the event stays in the ledger, marked, with the reason that is asked here. */
export function RetractDialog({ mineId, event, onClose }: RetractDialogProps) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const inTheWay = problem === null ? undefined : laterEventOf(problem);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await retract(mineId, event, reason.trim());
      notify(t('land.retract.done'), 'good');
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('land.retract.title')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={submitted => {
          submitted.preventDefault();
          if (reason.trim() !== '') void submit();
        }}
      >
        <p>
          {t('land.retract.about', {
            stage: t(`stage.${event.stage}`),
            date: formatDate(event.effectiveOn),
            area: formatHa(event.areaM2),
          })}
        </p>
        <AreaField label={t('land.retract.reason')} value={reason} onInput={setReason} autofocus />
        {problem && <ProblemNote problem={problem} />}
        {problem && inTheWay !== undefined && (
          <div>
            <Button
              small
              onClick={() => {
                showLaterEvent(problem);
                onClose();
              }}
            >
              {t('land.retract.show', { id: inTheWay })}
            </Button>
          </div>
        )}
        <div class="row dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" submit busy={busy} why={reason.trim() === '' ? t('land.retract.needsReason') : null}>
            {t('land.retract')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
