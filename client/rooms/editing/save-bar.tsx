import type { ApiProblem } from '../../api/problem.ts';
import type { Position } from '../../../gis/types.ts';
import { problemText } from '../../i18n/problems.ts';
import { t } from '../../i18n/t.ts';
import { signInOpen } from '../../state/access/session.ts';
import { positionsOf } from '../../state/editing/marks.ts';
import { save, saveProblem, saving, waitsForSignIn } from '../../state/editing/saving.ts';
import { blocked } from '../../state/editing/assess/assessed.ts';
import { isWorthKeeping } from '../../state/editing/draft/draft.ts';
import { discardDrawing, isKept, putAway } from '../../state/editing/draft/drafting.ts';
import { session, stopEditing } from '../../state/editing/store.ts';
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
        {isWorthKeeping(session.value) ? (
          <>
            <Button onClick={putAway}>{t('draft.putAway')}</Button>
            <Button kind="quiet" icon="trash" onClick={discardDrawing}>
              {t('draft.discard')}
            </Button>
          </>
        ) : (
          <Button onClick={stopEditing}>{t('ui.cancel')}</Button>
        )}
      </div>
      {reason !== null && <p class="small muted">{t(reason)}</p>}
      {!isKept.value && <p class="small is-bad">{t('draft.notKept')}</p>}
    </div>
  );
}

/** Refusals that have nothing to do with the drawing: it waits on the device until they are over. */
const KEEPS: ReadonlySet<string> = new Set(['network', 'not-json', 'sign-in-required', 'internal']);

function Refusal({ problem }: { readonly problem: ApiProblem }) {
  const [at]: readonly (Position | undefined)[] = positionsOf(problem);
  return (
    <div class="note note-bad" role="alert">
      <Icon name="warn" />
      <div class="grow">
        <p>{problemText(problem)}</p>
        {waitsForSignIn.value !== null && <p class="small">{t('edit.signIn.saves')}</p>}
        {KEEPS.has(problem.code) && isKept.value && <p class="small">{t('draft.safe')}</p>}
        {problem.requestId !== undefined && (
          <p class="small muted">
            {t('ui.request')} <code>{problem.requestId}</code>
          </p>
        )}
      </div>
      {problem.code === 'network' && (
        <Button small busy={saving.value} onClick={() => void save()}>
          {t('draft.retry')}
        </Button>
      )}
      {problem.code === 'sign-in-required' && (
        <Button small icon="sign" onClick={() => (signInOpen.value = true)}>
          {t('account.signIn')}
        </Button>
      )}
      {at && (
        <button type="button" class="link small" onClick={() => showSpot(at)}>
          {t('edit.issues.show')}
        </button>
      )}
    </div>
  );
}
