import type { RateCode } from '../../api/shapes/codes.ts';
import type { Rate, Restoration } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatInstant, formatMu, sentenceOf } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { notify } from '../../state/notices.ts';
import { Facts } from '../../ui/facts.tsx';

/** Why a rate has no value. */
export const reasonText = (rate: Rate | undefined): string => sentenceOf(rate?.reasonText) || t('rate.none');

/** The passport of a rate: words, formula, both areas, date, source and the fingerprint of the ledger that it came from. */
export function Definition({ restoration, code }: { readonly restoration: Restoration; readonly code: RateCode }) {
  const rate = restoration.rates[code];
  const copyHash = (): void => {
    void navigator.clipboard.writeText(restoration.ledgerHash).then(() => notify(t('ui.copied'), 'good'));
  };
  return (
    <div class="stack definition">
      <p>{sentenceOf(rate?.definition)}</p>
      <p class="formula">
        {code} = {t(`rate.${code}.formula`)}
      </p>
      <div class="fraction-exact">
        <AreaLine name={t('rate.numerator')} areaM2={rate?.numeratorM2} />
        <hr />
        <AreaLine name={t('rate.denominator')} areaM2={rate?.denominatorM2} />
      </div>
      <Facts
        facts={[
          { name: t('rate.basis'), value: t(`basis.${restoration.basis}.hint`) },
          { name: t('rate.scope'), value: restoration.scope.map(one => t(`scope.${one}`)).join(t('ui.comma')) },
          { name: t('rate.date'), value: formatDate(restoration.asAt) },
          ...(restoration.knownAt === null
            ? []
            : [{ name: t('rate.knownAt'), value: formatInstant(restoration.knownAt) }]),
          { name: t('rate.source'), value: t(`rate.source.${restoration.source}.long`) },
          { name: t('rate.version'), value: restoration.definitionVersion },
          {
            name: t('rate.hash'),
            value: (
              <button type="button" class="hash" onClick={copyHash} title={t('rate.hash.copy')}>
                <code>{restoration.ledgerHash.slice(0, 23)}…</code>
              </button>
            ),
          },
        ]}
      />
    </div>
  );
}

function AreaLine({ name, areaM2 }: { readonly name: string; readonly areaM2: number | null | undefined }) {
  return (
    <p class="spread">
      <span class="muted">{name}</span>
      <span class="num">
        <strong>{formatHa(areaM2, 4)}</strong> <span class="muted">{formatMu(areaM2, 2)}</span>
      </span>
    </p>
  );
}
