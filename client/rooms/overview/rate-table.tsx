import type { ComponentChildren } from 'preact';
import type { GroupedRestoration } from '../../api/shapes/land.ts';
import { formatPercent, haNumber } from '../../i18n/format.ts';
import { nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { groupedRates, groupTotal, mines, rateOfMine, ratesByMine } from '../../state/mines.ts';
import { groupBy, rateCode, selectMine } from '../../state/selection.ts';
import { LoadedView } from '../../ui/states.tsx';

/** Rows of the chosen grouping, each a rate with its bar and the hectares behind it; mines open on click. */
export function RateTable() {
  if (groupBy.value === 'mine') return <MineRows />;
  return (
    <LoadedView from={groupedRates} isEmpty={rows => rows.length === 0} empty={t('overview.empty')}>
      {rows => (
        <Table>
          {rows.map(row => (
            <Row key={row.key} name={groupName(row)} row={row} />
          ))}
        </Table>
      )}
    </LoadedView>
  );
}

function groupName(row: GroupedRestoration): string {
  const list = { province: 'province', mineral: 'mineral', organisation: '', mine: '' }[groupBy.value];
  return nameOf(row) || (list === '' ? row.key : tCode(list, row.key));
}

function MineRows() {
  const rates = rateOfMine.value;
  return (
    <LoadedView from={mines} isEmpty={list => list.length === 0} empty={t('overview.empty')}>
      {list => (
        <Table total>
          {list.map(mine => (
            <Row
              key={mine.id}
              name={nameOf(mine)}
              about={[tCode('province', mine.province), tCode('mineral', mine.mineral)]
                .filter(part => part !== '')
                .join(' · ')}
              row={rates(mine)}
              onOpen={() => selectMine(mine.id)}
            />
          ))}
        </Table>
      )}
    </LoadedView>
  );
}

function Table({ children, total }: { readonly children: ComponentChildren; readonly total?: boolean | undefined }) {
  const sum = groupTotal.value;
  return (
    <table class="rates">
      <caption class="visually-hidden">{t('overview.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`group.${groupBy.value}`)}</th>
          <th scope="col" class="is-numeric">
            {t('overview.grossHa')}
          </th>
          <th scope="col" class="is-numeric">
            {rateCode.value}
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
      {total && ratesByMine.data.value !== undefined && (
        <tfoot>
          <tr>
            <th scope="row">{t('overview.total')}</th>
            <td class="is-numeric num">{haNumber(sum.denominatorM2, 1)}</td>
            <td class="is-numeric num">{formatPercent(sum.value)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface RowProps {
  readonly name: string;
  readonly about?: string | undefined;
  readonly row: GroupedRestoration | undefined;
  readonly onOpen?: (() => void) | undefined;
}

function Row({ name, about, row, onOpen }: RowProps) {
  const rate = row?.rates[rateCode.value];
  return (
    <tr class={onOpen === undefined ? undefined : 'is-open-able'}>
      <th scope="row">
        {onOpen === undefined ? (
          <span>{name}</span>
        ) : (
          <button type="button" class="row-link" onClick={onOpen}>
            {name}
          </button>
        )}
        {about && <span class="rates-about">{about}</span>}
        <span class="rates-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(1, rate?.value ?? 0) * 100}%` }} />
        </span>
      </th>
      <td class="is-numeric num">{haNumber(rate?.denominatorM2, 1)}</td>
      <td class="is-numeric num">
        <strong>{formatPercent(rate?.value)}</strong>
      </td>
    </tr>
  );
}
