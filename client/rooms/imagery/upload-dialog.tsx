import { useState } from 'preact/hooks';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { today } from '../../state/calendar.ts';
import { closeUpload, sendScene, upload, uploadOpen } from '../../state/mine/uploads.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNote } from '../../ui/states.tsx';

const BANDS = ['red', 'nir', 'green', 'blue', 'swir1', 'swir2'] as const;

/** GeoTIFF files with what the file itself does not say: date, sensor, which band is which, how numbers become reflectance. */
export function UploadDialog() {
  if (!uploadOpen.value) return null;
  return (
    <Dialog title={t('upload.title')} onClose={closeUpload} wide>
      {upload.value.step === 'none' || upload.value.step === 'failed' ? <UploadForm /> : <UploadProgress />}
    </Dialog>
  );
}

function UploadForm() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [acquiredOn, setAcquiredOn] = useState('');
  const [sensor, setSensor] = useState('Sentinel-2');
  const [bands, setBands] = useState<Readonly<Record<string, string>>>({ red: '1', nir: '2' });
  const [scale, setScale] = useState('0.0001');
  const [offset, setOffset] = useState('0');
  const [maskClasses, setMaskClasses] = useState('3,8,9,10');
  const why =
    files.length === 0
      ? t('upload.why.files')
      : acquiredOn === ''
        ? t('upload.why.date')
        : !bands['red'] || !bands['nir']
          ? t('upload.why.bands')
          : null;
  const submit = (): void => {
    const numbers = Object.entries(bands).filter(([, band]) => band.trim() !== '');
    void sendScene(files, {
      acquiredOn,
      sensor: sensor.trim(),
      bands: Object.fromEntries(numbers.map(([name, band]) => [name, Number(band)])),
      scale: Number(scale),
      offset: Number(offset),
      maskClasses: maskClasses
        .split(/[,，\s]+/)
        .filter(part => part !== '')
        .map(Number),
    });
  };
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (why === null) submit();
      }}
    >
      <label class="drop">
        <Icon name="upload" />
        <span>{files.length === 0 ? t('upload.files') : files.map(file => file.name).join(t('ui.comma'))}</span>
        <input
          type="file"
          class="visually-hidden"
          accept=".tif,.tiff,image/tiff"
          multiple
          onChange={event => setFiles([...(event.currentTarget.files ?? [])])}
        />
      </label>
      <div class="form-grid">
        <TextField
          label={t('upload.acquiredOn')}
          type="date"
          required
          max={today()}
          value={acquiredOn}
          onInput={setAcquiredOn}
        />
        <TextField label={t('upload.sensor')} value={sensor} onInput={setSensor} />
        <TextField label={t('upload.scale')} type="number" value={scale} onInput={setScale} />
        <TextField label={t('upload.offset')} type="number" value={offset} onInput={setOffset} />
      </div>
      <fieldset>
        <legend>{t('upload.bands')}</legend>
        <div class="form-grid form-grid-3">
          {BANDS.map(band => (
            <TextField
              key={band}
              label={t(`band.${band}`)}
              type="number"
              value={bands[band] ?? ''}
              onInput={value => setBands({ ...bands, [band]: value })}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label={t('upload.maskClasses')}
        hint={t('upload.maskClasses.hint')}
        value={maskClasses}
        onInput={setMaskClasses}
      />
      {upload.value.step === 'failed' && <ProblemNote problem={upload.value.problem} />}
      <div class="row dialog-foot">
        <Button onClick={closeUpload}>{t('ui.cancel')}</Button>
        <Button kind="primary" icon="upload" submit why={why}>
          {t('upload.send')}
        </Button>
      </div>
    </form>
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
