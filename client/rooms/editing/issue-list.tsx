import { formatHa } from '../../i18n/format.ts';
import { issueText } from '../../i18n/issues.ts';
import { t } from '../../i18n/t.ts';
import { isMeasured, issues } from '../../state/editing/assess/assessed.ts';
import type { Fix } from '../../state/editing/assess/fixes.ts';
import { session } from '../../state/editing/store.ts';
import { applyFix } from '../../state/editing/tools/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { showSpot } from './spot.ts';

/** What is wrong with the drawing, numbered as on the map, each with the way to its spot and the remedy for it. */
export function IssueList() {
  const found = issues.value;
  if (session.value.rings.length === 0 || !isMeasured.value) return null;
  if (found.length === 0) {
    return (
      <p class="note note-good">
        <Icon name="check" /> {t('edit.issues.none')}
      </p>
    );
  }
  return (
    <ol class="issues" aria-label={t('edit.issues')}>
      {found.map((issue, index) => {
        const { fix, position: at } = issue;
        return (
          <li key={index} class={`note note-${issue.severity === 'error' ? 'bad' : 'warn'}`}>
            <span class="issue-number">{index + 1}</span>
            <span class="grow">{issueText(issue)}</span>
            {fix && (
              <Button small onClick={() => applyFix(fix)}>
                {fixText(fix)}
              </Button>
            )}
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

/** A remedy by what it does to the area. */
function fixText({ kind, areaM2, changeM2 }: Fix): string {
  if (kind === 'repair') return t('edit.fix.repair', { area: formatHa(areaM2, 4) });
  const sign = (changeM2 ?? 0) < 0 ? '−' : '+';
  return t(`edit.fix.${kind}`, { change: `${sign}${formatHa(Math.abs(changeM2 ?? 0), 4)}` });
}
