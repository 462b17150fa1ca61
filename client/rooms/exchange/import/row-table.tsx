import type { ImportAnswer } from '../../../api/imports.ts';
import { formatHa } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { leftOut, toggleRow } from '../../../state/mine/importing.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { DataTable } from '../../../ui/tables/data-table.tsx';

const MOST_ROWS = 200;

/** The rows that would be written, each of which can be left out. Only where all of them are at hand. */
export function RowTable({ answer }: { readonly answer: ImportAnswer }) {
  const isWhole = answer.features.length === answer.readyCount && answer.features.length <= MOST_ROWS;
  if (!isWhole) return null;
  return (
    <Disclosure summary={t('import.rows.choose')} open={answer.features.length <= 12}>
      <DataTable
        caption={t('import.rows.choose')}
        rows={answer.features}
        rowKey={feature => feature.id}
        columns={[
          {
            key: 'take',
            head: t('import.rows.take'),
            cell: ({ id }) => (
              <input
                type="checkbox"
                checked={!leftOut.value.has(id)}
                aria-label={t('import.row', { row: id })}
                onChange={() => toggleRow(id)}
              />
            ),
          },
          {
            key: 'name',
            head: t('import.rows.name'),
            isRowHead: true,
            cell: ({ id, properties }) => properties.name ?? t('import.row', { row: id }),
          },
          {
            key: 'area',
            head: t('import.area'),
            numeric: true,
            cell: ({ properties }) => formatHa(properties.areaM2, 4),
          },
          {
            key: 'declared',
            head: t('import.rows.declared'),
            numeric: true,
            cell: ({ properties }) =>
              properties.declaredAreaM2 === null ? '–' : formatHa(properties.declaredAreaM2, 4),
          },
        ]}
      />
    </Disclosure>
  );
}
