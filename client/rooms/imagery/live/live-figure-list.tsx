import { formatHa, formatNumber, formatPercent } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import {
  liveChoice,
  liveFault,
  liveFigures,
  liveRaster,
  MIN_LIVE_EFFECTIVE_PIXELS,
  MIN_LIVE_VALID_FRACTION,
} from '../../../state/editing/live/live.ts';
import type { LiveFigures } from '../../../state/editing/live/messages.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { problemOfRaster } from './problem-of-raster.ts';

type Figures = Extract<LiveFigures, { status: 'ok' }>;

/** The figures of the polygon in hand, with what they rest on; a reason where there are none. */
export function LiveFigureList() {
  const figures = liveFigures.value;
  if (liveRaster.value.step !== 'open') return null;
  if (liveFault.value !== null) return <Note text={problemOfRaster(liveFault.value)} />;
  if (figures === null) return <p class="small muted">{t('live.noPolygon')}</p>;
  if (figures.status !== 'ok') return <Note text={t(`live.status.${figures.status}`)} />;
  const caution = cautionOf(figures);
  const index = liveChoice.value?.index ?? 'ndvi';
  const name = index === 'band' ? '' : index.toUpperCase();
  return (
    <>
      <Facts
        facts={[
          {
            name: t('live.mean', { index: name }).trim(),
            value: <strong class="num">{formatNumber(figures.mean, 4)}</strong>,
          },
          { name: t('live.stdev'), value: <span class="num">{formatNumber(figures.stdev, 4)}</span> },
          { name: t('live.validFraction'), value: <span class="num">{formatPercent(seenShare(figures), 1)}</span> },
          { name: t('live.nEff'), value: <span class="num">{formatNumber(figures.nEff, 1)}</span> },
          { name: t('live.area'), value: <span class="num">{formatHa(figures.areaM2, 4)}</span> },
        ]}
      />
      {caution !== null && <Note text={caution} />}
    </>
  );
}

/** Of the whole polygon, also of the part that lies off the raster. */
const seenShare = ({ validFraction, onRasterFraction }: Figures): number => validFraction * onRasterFraction;

function cautionOf(figures: Figures): string | null {
  const seen = seenShare(figures);
  if (seen < MIN_LIVE_VALID_FRACTION) {
    const need = formatPercent(MIN_LIVE_VALID_FRACTION, 0);
    return t('live.status.low-coverage', { share: formatPercent(seen, 1), need });
  }
  if (figures.nEff < MIN_LIVE_EFFECTIVE_PIXELS) {
    return t('live.status.too-small', { count: formatNumber(figures.nEff, 1), need: MIN_LIVE_EFFECTIVE_PIXELS });
  }
  return null;
}

function Note({ text }: { readonly text: string }) {
  return (
    <div class="note">
      <Icon name="info" />
      <p class="grow">{text}</p>
    </div>
  );
}
