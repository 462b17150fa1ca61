import { residualM2 } from '../../../gis/ledger/reconciliation.ts';
import type { RestorationPeriod } from '../../api/shapes/land.ts';
import { areaTerm, formatDate, formatHa, formatNumber, formatPercent, sentenceOf } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { eventsBetween } from '../../state/mine/year-events.ts';
import { focus } from '../../state/selection.ts';
import { setAsAt } from '../../state/time.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StageName } from '../../ui/stage-mark.tsx';

type Sign = '+' | '−' | '±' | '';

/** One year, like a bank statement: opening, each term with its sign, closing, and what stays unexplained. */
export function YearStatement({ period }: { readonly period: RestorationPeriod }) {
  const { gross, reclaimed } = period.reconciliation;
  const left = residualM2(period.reconciliation);
  const unexplainedM2 = Math.abs(left.gross) + Math.abs(left.reclaimed);
  return (
    <div class="statement stack">
      <table class="statement-table">
        <caption class="visually-hidden">{t('reconciliation.of', { date: formatDate(period.asAt) })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('reconciliation.term')}</span>
            </th>
            <th scope="col">{t('unit.haName')}</th>
            <th scope="col">{t('unit.muName')}</th>
          </tr>
        </thead>
        <tbody>
          <Head name={t('reconciliation.gross')} />
          <Term
            name={t('reconciliation.openingOn', { date: formatDate(period.from) })}
            areaM2={gross.opening}
            sign=""
          />
          <Term name={t('reconciliation.newlyDisturbed')} areaM2={gross.newlyDisturbed} sign="+" />
          <Term name={t('reconciliation.corrections')} areaM2={gross.corrections} sign="±" />
          <Term
            name={t('reconciliation.closingOn', { date: formatDate(period.asAt) })}
            areaM2={gross.closing}
            sign=""
            closes
          />
        </tbody>
        <tbody>
          <Head name={`${t('reconciliation.reclaimed')} · ${t(`basis.${period.basis}`)}`} />
          <Term
            name={t('reconciliation.openingOn', { date: formatDate(period.from) })}
            areaM2={reclaimed.opening}
            sign=""
          />
          <Term name={t('reconciliation.newlyReclaimed')} areaM2={reclaimed.newlyReclaimed} sign="+" />
          <Term name={t('reconciliation.reDisturbed')} areaM2={reclaimed.reDisturbed} sign="−" />
          <Term name={t('reconciliation.failed')} areaM2={reclaimed.failed} sign="−" />
          <Term name={t('reconciliation.corrections')} areaM2={reclaimed.corrections} sign="±" />
          <Term
            name={t('reconciliation.closingOn', { date: formatDate(period.asAt) })}
            areaM2={reclaimed.closing}
            sign=""
            closes
          />
        </tbody>
      </table>
      <p class="small muted">
        {unexplainedM2 < 1
          ? t('reconciliation.balanced')
          : t('reconciliation.unexplained', { area: formatHa(unexplainedM2, 4) })}
      </p>
      <dl class="ratios small">
        <Ratio code="AR1" ratio={period.annual.AR1} shown={formatNumber(period.annual.AR1.value, 2)} />
        <Ratio code="AR2" ratio={period.annual.AR2} shown={formatPercent(period.annual.AR2.value)} />
      </dl>
      <p class="row row-wrap small">
        <button type="button" class="link" onClick={() => setAsAt(period.from)}>
          {t('reconciliation.showOpening')}
        </button>
        <button type="button" class="link" onClick={() => setAsAt(period.asAt)}>
          {t('reconciliation.showClosing')}
        </button>
      </p>
      <YearEvents period={period} />
    </div>
  );
}

function Head({ name }: { readonly name: string }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={3} class="statement-head">
        {name}
      </th>
    </tr>
  );
}

interface TermProps {
  readonly name: string;
  readonly areaM2: number;
  readonly sign: Sign;
  readonly closes?: boolean | undefined;
}

function Term({ name, areaM2, sign, closes }: TermProps) {
  return (
    <tr class={closes ? 'is-closing' : undefined}>
      <th scope="row">{name}</th>
      <td class="num">{areaTerm(areaM2, 'ha', sign)}</td>
      <td class="num">{areaTerm(areaM2, 'mu', sign)}</td>
    </tr>
  );
}

interface RatioProps {
  readonly code: 'AR1' | 'AR2';
  readonly ratio: RestorationPeriod['annual']['AR1'];
  readonly shown: string;
}

function Ratio({ code, ratio, shown }: RatioProps) {
  return (
    <div class="spread">
      <dt>
        <span class="tag">{code}</span> {t(`reconciliation.${code}`)}
      </dt>
      <dd class="num">{ratio.value === null ? sentenceOf(ratio.reasonText) || t('rate.none') : shown}</dd>
    </div>
  );
}

/** The dated events of the year, each the way to its polygon and evidence; only for who reads the working ledger. */
function YearEvents({ period }: { readonly period: RestorationPeriod }) {
  const events = eventsBetween(period.from, period.asAt);
  if (events === undefined || events.length === 0) return null;
  return (
    <Disclosure summary={tn('reconciliation.events', events.length)}>
      <ul class="cell-list">
        {events.map(event => (
          <li key={event.id}>
            <button
              type="button"
              class="cell-row"
              aria-pressed={focus.value?.kind === 'event' && focus.value.id === event.id}
              onClick={() => {
                setAsAt(period.asAt);
                focus.value = { kind: 'event', id: event.id };
              }}
            >
              <span class="grow">
                <StageName stage={event.stage} />
                <span class="small muted">
                  {formatDate(event.effectiveOn)} · {event.evidenceGrade}
                  {event.reason !== null && ` · ${t(`reason.${event.reason}`)}`}
                </span>
              </span>
              <span class="cell-area num">{formatHa(event.areaM2)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
