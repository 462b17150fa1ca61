import type { Stage } from '../../api/shapes/codes.ts';
import type { SatelliteAgreement } from '../../api/shapes/imagery.ts';
import { formatDate, formatHa, formatNumber } from '../../i18n/format.ts';
import { t, tCode, tn } from '../../i18n/t.ts';
import { agreement } from '../../state/mine/imagery.ts';
import { focus } from '../../state/selection.ts';
import { settledAsAt } from '../../state/time.ts';
import { Section } from '../../ui/disclosure.tsx';
import { AGREEMENT_ICONS } from './agreement-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { LoadedView } from '../../ui/states.tsx';

const ORDER: readonly SatelliteAgreement['status'][] = ['disagrees', 'insufficient-data', 'agrees'];

/** Does the satellite agree that reclaimed land is green? Doubtful land first. */
export function AgreementList() {
  return (
    <Section
      title={t('agreement.title')}
      aside={<span class="small muted">{t('rate.asAt', { date: formatDate(settledAsAt.value) })}</span>}
    >
      <LoadedView from={agreement} lines={4} isEmpty={rows => rows.length === 0} empty={t('agreement.empty')}>
        {data => <Judged data={data} />}
      </LoadedView>
    </Section>
  );
}

function Judged({ data }: { readonly data: readonly SatelliteAgreement[] }) {
  const rows = [...data].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  const count = (status: SatelliteAgreement['status']): number => rows.filter(row => row.status === status).length;
  return (
    <>
      <ul class="counts">
        {ORDER.map(status => (
          <li key={status} class={`count count-${status}`}>
            <Icon name={AGREEMENT_ICONS[status]} />
            <strong class="num">{count(status)}</strong>
            <span>{t(`agreement.${status}`)}</span>
          </li>
        ))}
      </ul>
      <ul class="cell-list cell-list-tall">
        {rows.map(row => {
          const lit = focus.value?.kind === 'cell' && focus.value.id === row.cellId;
          return (
            <li key={row.cellId}>
              <button
                type="button"
                class="cell-row"
                aria-pressed={lit}
                onClick={() => (focus.value = lit ? null : { kind: 'cell', id: row.cellId })}
              >
                <Icon name={AGREEMENT_ICONS[row.status]} size={16} />
                <span class="grow">
                  <StageName stage={row.stage as Stage} />
                  <span class="small muted">
                    {formatHa(row.areaM2)} · {t(`agreement.${row.status}`)}
                    {row.reason && ` · ${tCode('agreementReason', row.reason)}`}
                  </span>
                </span>
                {row.recoveryIndex !== null && row.recoveryIndex !== undefined && (
                  <span class="num small" title={t('agreement.recovery')}>
                    RI {formatNumber(row.recoveryIndex, 2)}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <p class="small muted">{tn('agreement.cells', rows.length)}</p>
    </>
  );
}
