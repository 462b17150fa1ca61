import { useState } from 'preact/hooks';
import type { ImportAnswer } from '../../../api/imports.ts';
import { formatHa } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { leftOut, toggleRow } from '../../../state/mine/importing.ts';
import { Button } from '../../../ui/button.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { DataTable } from '../../../ui/tables/data-table.tsx';

const PAGE = 100;

/** The rows that would be written, each of which can be left out, a page at a time. Of very large files the first ones. */
export function RowTable({ answer }: { readonly answer: ImportAnswer }) {
  const [page, setPage] = useState(0);
  const { features, readyCount } = answer;
  const pages = Math.max(1, Math.ceil(features.length / PAGE));
  const at = Math.min(page, pages - 1);
  const rows = features.slice(at * PAGE, (at + 1) * PAGE);
  const left = new Set(leftOut.value);
  return (
    <Disclosure summary={t('import.rows.choose')} open={features.length <= 12}>
      {pages > 1 && <Pages page={at} pages={pages} count={features.length} onPage={setPage} />}
      {features.length < readyCount && (
        <p class="small muted">{t('import.rows.first', { shown: features.length, total: readyCount })}</p>
      )}
      <DataTable
        caption={t('import.rows.choose')}
        rows={rows}
        rowKey={feature => feature.id}
        columns={[
          {
            key: 'take',
            head: t('import.rows.take'),
            cell: ({ id }) => (
              <input
                type="checkbox"
                checked={!left.has(id)}
                aria-label={t('import.row', { row: id })}
                onChange={() => toggleRow(id)}
              />
            ),
          },
          {
            key: 'name',
            head: t('import.rows.name'),
            isRowHead: true,
            wraps: true,
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

function Pages(props: {
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  readonly onPage: (page: number) => void;
}) {
  const { page, pages, count, onPage } = props;
  const range = { from: page * PAGE + 1, to: Math.min(count, (page + 1) * PAGE), count };
  return (
    <div class="row row-wrap">
      <Button small why={page === 0 ? t('import.rows.atFirst') : null} onClick={() => onPage(page - 1)}>
        {t('import.rows.previous')}
      </Button>
      <span class="small" aria-live="polite">
        {t('import.rows.range', range)}
      </span>
      <Button small why={page === pages - 1 ? t('import.rows.atLast') : null} onClick={() => onPage(page + 1)}>
        {t('import.rows.next')}
      </Button>
    </div>
  );
}
