import type { Rate } from '../../api/shapes/land.ts';
import { formatHa, formatMu, formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { openSide, toggleSide, type RateSide } from '../../state/selection.ts';
import { Icon } from '../../ui/icon.tsx';
import { SideList } from './side-list.tsx';

/** Numerator over denominator. Each opens to the very polygons that it adds up, which are outlined on the map meanwhile. */
export function Fraction({ rate }: { readonly rate: Rate }) {
  return (
    <div class="fraction">
      <div class="meter" aria-hidden="true">
        <span style={{ width: formatPercent(Math.min(1, rate.value ?? 0), 2) }} />
      </div>
      <Side side="numerator" areaM2={rate.numeratorM2} />
      <Side side="denominator" areaM2={rate.denominatorM2} />
    </div>
  );
}

function Side({ side, areaM2 }: { readonly side: RateSide; readonly areaM2: number }) {
  const open = openSide.value === side;
  return (
    <div class="fraction-side">
      <button type="button" class="fraction-row" aria-expanded={open} onClick={() => toggleSide(side)}>
        <span class="grow">{t(`rate.${side}`)}</span>
        <strong class="num">{formatHa(areaM2)}</strong>
        <span class="fraction-mu muted num">{formatMu(areaM2)}</span>
        <Icon name={open ? 'chevronUp' : 'chevron'} size={14} />
      </button>
      {open && <SideList />}
    </div>
  );
}
