import { useState } from 'preact/hooks';
import { t } from '../../i18n/t.ts';
import { mineId } from '../../state/selection.ts';
import { closeUpload, sendScene, upload, type BandRef, type SceneMeta } from '../../state/mine/uploads.ts';
import { today } from '../../state/calendar.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNote } from '../../ui/states.tsx';

const BANDS = ['red', 'nir', 'green', 'blue', 'swir1', 'swir2', 'mask'] as const;
type Band = (typeof BANDS)[number];
type BandTexts = Readonly<Partial<Record<Band, string>>>;

interface FormValues {
  readonly acquiredOn: string;
  readonly sensor: string;
  readonly bands: BandTexts;
  readonly scale: string;
  /** Empty: what the processing baseline asks for, else none. */
  readonly offset: string;
  readonly processingBaseline: string;
  readonly maskClasses: string;
  /** Where given, the only classes kept; `maskClasses` is not asked then. */
  readonly keepClasses: string;
}

const EMPTY: FormValues = {
  acquiredOn: '',
  sensor: 'Sentinel-2',
  bands: { red: '1', nir: '2' },
  scale: '0.0001',
  offset: '',
  processingBaseline: '',
  maskClasses: '3, 8, 9, 10',
  keepClasses: '',
};

/** What is still missing, in the order of the form; null = it can be sent. */
function missing(files: readonly File[], { acquiredOn, bands }: FormValues): string | null {
  if (files.length === 0) return t('upload.why.files');
  if (acquiredOn === '') return t('upload.why.date');
  return !bands.red || !bands.nir ? t('upload.why.bands') : null;
}

const SEPARATOR = '#';

function toRef(text: string, fileCount: number): BandRef {
  if (fileCount <= 1) return Number(text);
  const [file = '', band = '1'] = text.split(SEPARATOR);
  return { file, band: Number(band) };
}

/** One file: bands by their number in it. Several files: by name and number. */
export function toSceneMeta(values: FormValues, fileCount: number, forMine: number | null): SceneMeta {
  const { mask, ...named } = values.bands;
  const bands = Object.entries(named).filter(([, text]) => text.trim() !== '');
  const kept = toClasses(values.keepClasses);
  const classes = kept.length > 0 ? { keepClasses: kept } : { maskClasses: toClasses(values.maskClasses) };
  const baseline = values.processingBaseline.trim();
  return {
    acquiredOn: values.acquiredOn,
    sensor: values.sensor.trim(),
    bands: Object.fromEntries(bands.map(([name, text]) => [name, toRef(text, fileCount)])),
    scale: Number(values.scale),
    ...(values.offset.trim() === '' ? {} : { offset: Number(values.offset) }),
    ...(baseline === '' ? {} : { processingBaseline: baseline }),
    ...(mask ? { mask: toRef(mask, fileCount), ...classes } : {}),
    ...(forMine === null ? {} : { mineId: forMine }),
  };
}

const toClasses = (text: string): number[] =>
  text
    .split(/[,，\s]+/)
    .filter(part => part !== '')
    .map(Number);

export function UploadForm() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [values, setValues] = useState(EMPTY);
  const change = (part: Partial<FormValues>): void => setValues({ ...values, ...part });
  const choose = (chosen: readonly File[]): void => {
    setFiles(chosen);
    if (chosen.length > 1 !== files.length > 1) change({ bands: chosen.length > 1 ? {} : EMPTY.bands });
  };
  const why = missing(files, values);
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (why === null) void sendScene(files, toSceneMeta(values, files.length, mineId.value));
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
          onChange={event => choose([...(event.currentTarget.files ?? [])])}
        />
      </label>
      <div class="form-grid">
        <TextField
          label={t('upload.acquiredOn')}
          type="date"
          required
          max={today()}
          value={values.acquiredOn}
          onInput={acquiredOn => change({ acquiredOn })}
        />
        <TextField label={t('upload.sensor')} value={values.sensor} onInput={sensor => change({ sensor })} />
        <TextField label={t('upload.scale')} type="number" value={values.scale} onInput={scale => change({ scale })} />
        <TextField
          label={t('upload.offset')}
          hint={t('upload.offset.hint')}
          type="number"
          value={values.offset}
          onInput={offset => change({ offset })}
        />
        <TextField
          label={t('upload.processingBaseline')}
          hint={t('upload.processingBaseline.hint')}
          value={values.processingBaseline}
          onInput={processingBaseline => change({ processingBaseline })}
        />
      </div>
      <fieldset>
        <legend>{files.length > 1 ? t('upload.bandFiles') : t('upload.bands')}</legend>
        <div class="form-grid form-grid-3">
          {BANDS.map(band => (
            <BandField
              key={band}
              band={band}
              files={files}
              value={values.bands[band] ?? ''}
              onChange={text => change({ bands: { ...values.bands, [band]: text } })}
            />
          ))}
        </div>
      </fieldset>
      {values.bands.mask && (
        <div class="form-grid">
          <TextField
            label={t('upload.maskClasses')}
            hint={t('upload.maskClasses.hint')}
            value={values.maskClasses}
            onInput={maskClasses => change({ maskClasses })}
          />
          <TextField
            label={t('upload.keepClasses')}
            hint={t('upload.keepClasses.hint')}
            value={values.keepClasses}
            onInput={keepClasses => change({ keepClasses })}
          />
        </div>
      )}
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

interface BandFieldProps {
  readonly band: Band;
  readonly files: readonly File[];
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** With several files a band is a file and its number in it; as text `name#number`. */
function BandField({ band, files, value, onChange }: BandFieldProps) {
  if (files.length <= 1) return <TextField label={t(`band.${band}`)} type="number" value={value} onInput={onChange} />;
  const [file = '', number = '1'] = value.split(SEPARATOR);
  const options = [{ value: '', label: t('edit.none') }, ...files.map(one => ({ value: one.name, label: one.name }))];
  const tell = (name: string, at: string): void => onChange(name === '' ? '' : `${name}${SEPARATOR}${at}`);
  return (
    <div class="band-field">
      <SelectField label={t(`band.${band}`)} value={file} options={options} onChange={name => tell(name, number)} />
      {file !== '' && (
        <TextField label={t('upload.bandNumber')} type="number" value={number} onInput={at => tell(file, at)} />
      )}
    </div>
  );
}
