import type { ApiProblem } from '../../api/problem.ts';
import type { Position } from '../../../gis/types.ts';
import { problemText } from '../../i18n/problems.ts';
import { t } from '../../i18n/t.ts';
import { positionsOf } from '../../state/editing/marks.ts';
import { save, saveProblem, saving } from '../../state/editing/saving.ts';
import { blocked } from '../../state/editing/assess/assessed.ts';
import { stopEditing } from '../../state/editing/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { showSpot } from './spot.ts';

/** The foot of the editor, always in sight: save, leave, what is still missing, and why the server refused. */
export function SaveBar() {
  const reason = blocked.value;
  const refusal = saveProblem.value;
  return (
    <div class="edit-foot">
      {refusal && <Refusal problem={refusal} />}
      <div class="row">
        <Button
          kind="primary"
          icon="check"
          busy={saving.value}
          why={reason === null ? null : t(reason)}
          onClick={() => void save()}
        >
          {t('edit.save')}
        </Button>
        <Button onClick={stopEditing}>{t('ui.cancel')}</Button>
        {reason !== null && <span class="small muted grow">{t(reason)}</span>}
      </div>
    </div>
  );
}

function Refusal({ problem }: { readonly problem: ApiProblem }) {
  const [at]: readonly (Position | undefined)[] = positionsOf(problem);
  return (
    <div class="note note-bad" role="alert">
      <Icon name="warn" />
      <div class="grow">
        <p>{problemText(problem)}</p>
        {problem.requestId !== undefined && (
          <p class="small muted">
            {t('ui.request')} <code>{problem.requestId}</code>
          </p>
        )}
      </div>
      {at && (
        <button type="button" class="link small" onClick={() => showSpot(at)}>
          {t('edit.issues.show')}
        </button>
      )}
    </div>
  );
}
