import { t } from '../../i18n/t.ts';
import { issueText } from '../../i18n/issues.ts';
import { measured, session } from '../../state/editing/store.ts';
import { Icon } from '../../ui/icon.tsx';
import { showSpot } from './spot.ts';

/** What is wrong with the drawing, numbered as on the map; choosing a line goes to the spot. */
export function IssueList() {
  const { issues } = measured.value;
  if (session.value.rings.length === 0) return null;
  if (issues.length === 0) {
    return (
      <p class="note note-good">
        <Icon name="check" /> {t('edit.issues.none')}
      </p>
    );
  }
  return (
    <ol class="issues" aria-label={t('edit.issues')}>
      {issues.map((issue, index) => {
        const at = issue.position;
        return (
          <li key={index} class={`note note-${issue.severity === 'error' ? 'bad' : 'warn'}`}>
            <span class="issue-number">{index + 1}</span>
            <span class="grow">{issueText(issue)}</span>
            {at && (
              <button type="button" class="link small" onClick={() => showSpot(at)}>
                {t('edit.issues.show')}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
