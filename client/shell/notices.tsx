import { t } from '../i18n/t.ts';
import { dismissNotice, notices } from '../state/notices.ts';
import { IconButton } from '../ui/button.tsx';

/** The live region stands in the page from the start: a region that appears with its text is not read aloud. */
export function Notices() {
  return (
    <div class="notices" aria-live="polite">
      {notices.value.map(notice => (
        <div key={notice.id} class={`notice notice-${notice.tone}`}>
          <span class="grow">{notice.text}</span>
          <IconButton icon="close" label={t('ui.close')} onClick={() => dismissNotice(notice.id)} />
        </div>
      ))}
    </div>
  );
}
