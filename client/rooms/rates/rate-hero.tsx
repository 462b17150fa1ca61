import { BASES, RATE_CODES, SCOPES, type Scope } from '../../api/shapes/codes.ts';
import type { Restoration } from '../../api/shapes/land.ts';
import { formatDate, percentNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { basis, rateCode, scope } from '../../state/selection.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Definition, reasonText } from './definition.tsx';
import { Fraction } from './fraction.tsx';

/** The one number, large, with what it means never further than one click away. */
export function RateHero({ restoration }: { readonly restoration: Restoration }) {
  const code = rateCode.value;
  const rate = restoration.rates[code];
  const needsBasis = code !== 'RR3';
  return (
    <div class="hero">
      <p class="hero-name">
        <span class="tag">{code}</span> {t(`rate.${code}`)}
      </p>
      <p class="hero-number" aria-live="polite">
        {rate?.value === null || rate === undefined ? (
          <span class="hero-none">{reasonText(rate)}</span>
        ) : (
          <>
            <span>{percentNumber(rate.value)}</span>
            <span class="hero-unit">%</span>
          </>
        )}
      </p>
      <p class="hero-context muted small">
        {t('rate.asAt', { date: formatDate(restoration.asAt) })}
        {` · ${t(`rate.source.${restoration.source}`)}`}
      </p>
      {rate !== undefined && rate.value !== null && <Fraction rate={rate} />}
      <div class="hero-controls">
        <Segmented
          label={t('rate.basis')}
          value={basis.value}
          choices={BASES.map(value => ({ value, label: t(`basis.${value}`), hint: t(`basis.${value}.hint`) }))}
          onChange={value => (basis.value = value)}
        />
        {!needsBasis && <p class="small muted">{t('rate.noBasis')}</p>}
      </div>
      <div class="hero-details">
        <Disclosure summary={t('rate.definition')}>
          <Definition restoration={restoration} code={code} />
          <ScopeChoice />
        </Disclosure>
        <Disclosure summary={t('rate.others')}>
          <OtherRates restoration={restoration} />
        </Disclosure>
      </div>
    </div>
  );
}

function OtherRates({ restoration }: { readonly restoration: Restoration }) {
  return (
    <ul class="rate-list">
      {RATE_CODES.map(code => {
        const rate = restoration.rates[code];
        return (
          <li key={code}>
            <button
              type="button"
              class="rate-choice"
              aria-pressed={rateCode.value === code}
              onClick={() => (rateCode.value = code)}
            >
              <span class="tag">{code}</span>
              <span class="grow">
                {t(`rate.${code}`)}
                <span class="rate-formula">{t(`rate.${code}.formula`)}</span>
              </span>
              <span class="rate-choice-value num">
                {rate?.value === null || rate === undefined ? (
                  <span class="muted small">{t('rate.none')}</span>
                ) : (
                  `${percentNumber(rate.value)}%`
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Which duties count: none ticked = the server's own choice, land under licence. */
function ScopeChoice() {
  const chosen: ReadonlySet<Scope> = new Set(scope.value.length === 0 ? ['LIC'] : scope.value);
  const toggle = (one: Scope): void => {
    const next = SCOPES.filter(other => (other === one ? !chosen.has(other) : chosen.has(other)));
    scope.value = next.length === 0 || (next.length === 1 && next[0] === 'LIC') ? [] : next;
  };
  return (
    <fieldset class="scope">
      <legend>{t('rate.scope')}</legend>
      {SCOPES.map(one => (
        <label key={one} class="check">
          <input type="checkbox" checked={chosen.has(one)} onChange={() => toggle(one)} />
          <span>{t(`scope.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
