import { t } from '../../../i18n/t.ts';
import { changeLiveChoice, liveChoice, liveRaster } from '../../../state/editing/live/live.ts';
import { LIVE_INDICES, type LiveBand, type LiveIndex } from '../../../state/editing/live/messages.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { LiveFigureList } from './live-figure-list.tsx';
import { LiveFile } from './live-file.tsx';

const indexLabel = (index: LiveIndex): string => (index === 'band' ? t('live.index.band') : index.toUpperCase());

/** A raster of the person's own under the drawing: which bands, and what they say about the polygon in hand. */
export function LiveSection() {
  return (
    <Disclosure summary={t('live.title')} open={liveRaster.value.step !== 'none'}>
      <LiveFigureList />
      <Choices />
      <LiveFile />
    </Disclosure>
  );
}

function Choices() {
  const raster = liveRaster.value;
  const choice = liveChoice.value;
  if (raster.step !== 'open' || choice === null) return null;
  const { bands } = raster.info;
  const used = bands[(choice.index === 'band' ? choice.value : choice.red) - 1];
  const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
  return (
    <>
      {raster.guessedFrom === 'count' && choice.index !== 'band' && <p class="small muted">{t('live.guessed')}</p>}
      <div class="form-grid">
        <SelectField
          label={t('live.index')}
          value={choice.index}
          options={LIVE_INDICES.filter(index => index === 'band' || bands.length > 1).map(value => ({
            value,
            label: indexLabel(value),
          }))}
          onChange={index => changeLiveChoice({ index })}
        />
        {choice.index === 'band' ? (
          <BandField
            label={t('live.value')}
            bands={bands}
            value={choice.value}
            onChange={value => changeLiveChoice({ value })}
          />
        ) : (
          <>
            <BandField
              label={t('live.red')}
              bands={bands}
              value={choice.red}
              onChange={red => changeLiveChoice({ red })}
            />
            <BandField
              label={t('live.nir')}
              bands={bands}
              value={choice.nir}
              onChange={nir => changeLiveChoice({ nir })}
            />
          </>
        )}
        <TextField
          label={t('live.scale')}
          type="number"
          hint={t('live.scale.hint', { scale: used?.scale ?? 1, offset: used?.offset ?? 0 })}
          value={choice.scale === undefined ? '' : String(choice.scale)}
          onInput={text => changeLiveChoice({ scale: number(text) })}
        />
        <TextField
          label={t('live.offset')}
          type="number"
          value={choice.offset === undefined ? '' : String(choice.offset)}
          onInput={text => changeLiveChoice({ offset: number(text) })}
        />
      </div>
    </>
  );
}

interface BandFieldProps {
  readonly label: string;
  readonly bands: readonly LiveBand[];
  readonly value: number;
  readonly onChange: (band: number) => void;
}

function BandField({ label, bands, value, onChange }: BandFieldProps) {
  const options = bands.map(({ number, description }) => ({
    value: String(number),
    label: description === undefined ? String(number) : t('live.band', { number, name: description }),
  }));
  return (
    <SelectField label={label} value={String(value)} options={options} onChange={text => onChange(Number(text))} />
  );
}
