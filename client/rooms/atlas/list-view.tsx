import { formatDate, formatPercent, haNumber, muNumber } from '../../i18n/format.ts';
import { nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { eventsReadable, partition } from '../../state/mine/land.ts';
import { boundaries, facilities } from '../../state/mine/places.ts';
import { readyScenes, scenes } from '../../state/mine/imagery.ts';
import { mines, rateOfMine, selectedSummary } from '../../state/mines.ts';
import { focus, mineId, selectMine } from '../../state/selection.ts';
import { settledAsAt } from '../../state/time.ts';
import { showScene, viewMode } from '../../state/view.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { FindingTable } from '../land/finding-table.tsx';
import { NaturePanel } from '../biodiversity/nature-panel.tsx';

/** Everything that the map shows, as tables: for screen readers, for keyboards, and for those who want the numbers. */
export function ListView() {
  const open = selectedSummary.value;
  return (
    <div class="list-view stack">
      <h1>{open === undefined ? t('list.title') : t('list.titleOf', { name: nameOf(open) })}</h1>
      <p class="muted">{t('rate.asAt', { date: formatDate(settledAsAt.value) })}</p>
      {mineId.value === null ? <MineRows /> : <OpenMine />}
    </div>
  );
}

function MineRows() {
  return (
    <LoadedView from={mines} isEmpty={list => list.length === 0} empty={t('overview.empty')}>
      {list => (
        <DataTable
          caption={t('list.mines')}
          showCaption
          rows={list}
          rowKey={mine => mine.id}
          columns={[
            {
              key: 'name',
              head: t('overview.mine'),
              isRowHead: true,
              wraps: true,
              cell: mine => (
                <button type="button" class="link" onClick={() => selectMine(mine.id)}>
                  {nameOf(mine)}
                </button>
              ),
            },
            { key: 'code', head: t('mine.code'), cell: mine => mine.code },
            { key: 'province', head: t('mine.province'), cell: mine => tCode('province', mine.province) },
            { key: 'mineral', head: t('mine.mineral'), cell: mine => tCode('mineral', mine.mineral) },
            { key: 'status', head: t('mine.status'), cell: mine => tCode('mineStatus', mine.status) },
            {
              key: 'area',
              head: t('ui.aside', { of: t('mine.licenceArea'), why: t('unit.haName') }),
              numeric: true,
              cell: mine => haNumber(mine.areaM2),
            },
            {
              key: 'rr1',
              head: 'RR1',
              numeric: true,
              cell: mine => formatPercent(rateOfMine.value(mine)?.rates['RR1']?.value),
            },
          ]}
        />
      )}
    </LoadedView>
  );
}

const show =
  (target: Parameters<typeof lightUp>[0]): (() => void) =>
  () =>
    lightUp(target);
function lightUp(target: NonNullable<typeof focus.value>): void {
  focus.value = target;
  viewMode.value = 'map';
}

const areaColumns = <Row extends { readonly areaM2: number | null }>() => [
  { key: 'ha', head: t('unit.haName'), numeric: true, cell: (row: Row) => haNumber(row.areaM2) },
  { key: 'mu', head: t('unit.muName'), numeric: true, cell: (row: Row) => muNumber(row.areaM2) },
];

function OpenMine() {
  return (
    <>
      <LoadedView from={boundaries}>
        {list => (
          <DataTable
            caption={t('layer.boundaries')}
            showCaption
            rows={list}
            rowKey={row => row.id}
            columns={[
              { key: 'kind', head: t('list.kind'), isRowHead: true, cell: row => t(`boundary.${row.kind}`) },
              ...areaColumns<(typeof list)[number]>(),
              { key: 'from', head: t('list.from'), cell: row => formatDate(row.validFrom) },
              { key: 'to', head: t('list.to'), cell: row => formatDate(row.validTo) },
              { key: 'doc', head: t('list.document'), cell: row => row.docRef ?? '—' },
            ]}
          />
        )}
      </LoadedView>
      <LoadedView from={partition} isEmpty={data => data.features.length === 0} empty={t('land.empty')}>
        {data => (
          <DataTable
            caption={t('layer.land')}
            showCaption
            rows={data.features.map(cell => ({ id: cell.id, ...cell.properties }))}
            rowKey={row => row.id}
            columns={[
              {
                key: 'stage',
                head: t('land.stage'),
                isRowHead: true,
                cell: row => (
                  <button type="button" class="link" onClick={show({ kind: 'cell', id: row.id })}>
                    <StageName stage={row.stage} />
                  </button>
                ),
              },
              { key: 'ha', head: t('unit.haName'), numeric: true, cell: row => haNumber(row.areaM2) },
              { key: 'mu', head: t('unit.muName'), numeric: true, cell: row => muNumber(row.areaM2) },
              { key: 'since', head: t('land.sinceName'), cell: row => formatDate(row.since) },
              {
                key: 'evidence',
                head: t('land.evidence'),
                cell: row => `${row.evidenceGrade} ${t(`evidence.${row.evidenceGrade}`)}`,
              },
              { key: 'scope', head: t('rate.scope'), cell: row => t(`scope.${row.scope}`) },
            ]}
          />
        )}
      </LoadedView>
      <LoadedView from={facilities} isEmpty={list => list.length === 0} empty={t('facility.empty')}>
        {list => (
          <DataTable
            caption={t('layer.facilities')}
            showCaption
            rows={list}
            rowKey={row => row.id}
            columns={[
              {
                key: 'name',
                head: t('list.name'),
                isRowHead: true,
                wraps: true,
                cell: row => (
                  <button type="button" class="link" onClick={show({ kind: 'facility', id: row.id })}>
                    {nameOf(row)}
                  </button>
                ),
              },
              { key: 'type', head: t('list.kind'), cell: row => tCode('facility', row.type) },
              { key: 'status', head: t('mine.status'), cell: row => tCode('facilityStatus', row.status) || '—' },
              ...areaColumns<(typeof list)[number]>(),
            ]}
          />
        )}
      </LoadedView>
      <LoadedView from={scenes} isEmpty={list => list.length === 0} empty={t('scene.none')}>
        {() => (
          <DataTable
            caption={t('scene.title')}
            showCaption
            rows={readyScenes.value}
            rowKey={row => row.id}
            columns={[
              {
                key: 'date',
                head: t('scene.date'),
                isRowHead: true,
                cell: row => (
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      showScene({ id: row.id, index: row.indices[0] ?? 'ndvi' });
                      viewMode.value = 'map';
                    }}
                  >
                    {formatDate(row.acquiredOn)}
                  </button>
                ),
              },
              { key: 'sensor', head: t('upload.sensor'), cell: row => row.sensor },
              { key: 'crs', head: t('list.crs'), cell: row => row.crs ?? '—' },
            ]}
          />
        )}
      </LoadedView>
      {eventsReadable.value === true && <FindingTable full />}
      <NaturePanel />
    </>
  );
}
