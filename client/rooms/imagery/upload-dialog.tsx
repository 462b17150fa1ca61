import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { closeUpload, upload, uploadOpen } from '../../state/mine/uploads.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { UploadForm } from './upload-form.tsx';

/** GeoTIFF files with what the file itself does not say: date, sensor, which band is which, how numbers become reflectance. */
export function UploadDialog() {
  if (!uploadOpen.value) return null;
  return (
    <Dialog title={t('upload.title')} onClose={closeUpload} wide>
      {upload.value.step === 'none' || upload.value.step === 'failed' ? <UploadForm /> : <UploadProgress />}
    </Dialog>
  );
}

function UploadProgress() {
  const now = upload.value;
  if (now.step === 'done') {
    return (
      <div class="stack">
        <p class="note note-good">
          <Icon name="check" /> {t('upload.done')}
        </p>
        <div class="row dialog-foot">
          <Button kind="primary" onClick={closeUpload}>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    );
  }
  const progress = now.step === 'working' ? now.progress : undefined;
  return (
    <div class="stack" aria-live="polite">
      <p>{progress === undefined ? t('upload.sending') : t('upload.working', { share: formatPercent(progress, 0) })}</p>
      <progress
        class="progress"
        max={1}
        {...(progress === undefined ? {} : { value: progress })}
        aria-label={t('upload.title')}
      />
      <p class="small muted">{t('upload.background')}</p>
    </div>
  );
}
