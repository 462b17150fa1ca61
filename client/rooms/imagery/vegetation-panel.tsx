import { STAGES, type Stage } from '../../api/shapes/codes.ts';
import type { ChartIndex, Vegetation } from '../../api/shapes/imagery.ts';
import { formatDate, formatNumber, formatPercent, sentenceOf } from '../../i18n/format.ts';
import { t, tCode } from '../../i18n/t.ts';
import { whyNot } from '../../state/access/permissions.ts';
import { account } from '../../state/access/session.ts';
import { chartIndex, chartIndices, vegetation } from '../../state/mine/imagery.ts';
import { uploadOpen } from '../../state/mine/uploads.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Disclosure, Section } from '../../ui/disclosure.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { STAGE_STYLE } from '../../ui/stage-style.ts';
import { Empty, LoadedView } from '../../ui/states.tsx';
import { TimeChart, type ChartLine } from '../../ui/charts/time-chart.tsx';
import { indexName } from './index-name.ts';
import { AgreementList } from './agreement-list.tsx';

/** What the satellite saw: greenness of each stage over the dates of the scenes, against reference land on the same days. */
export function VegetationPanel() {
  const why = whyNot('scene.write', account.value);
  return (
    <div class="stack">
      <LoadedView from={vegetation} lines={6} isEmpty={data => data.byStage.length === 0} empty={t('vegetation.empty')}>
        {data => (
          <div class="stack">
            <Section title={t('vegetation.title')}>
              <SelectField<ChartIndex>
                label={t('vegetation.index')}
                value={chartIndex.value}
                options={chartIndices.value.map(value => ({ value, label: indexName(value) }))}
                onChange={value => (chartIndex.value = value)}
              />
              <Chart data={data} />
              <Disclosure summary={t('vegetation.table')}>
                <VegetationTable data={data} />
              </Disclosure>
            </Section>
            {data.method?.definition && (
              <Disclosure summary={t('vegetation.method')}>
                <p class="small">{sentenceOf(data.method.definition)}</p>
              </Disclosure>
            )}
          </div>
        )}
      </LoadedView>
      <AgreementList />
      <div>
        <Button icon="upload" small why={why === null ? null : t(why)} onClick={() => (uploadOpen.value = true)}>
          {t('upload.open')}
        </Button>
      </div>
    </div>
  );
}

/** The chart, or why there is none yet: a scene is read in the background, and tells when it is done. */
function Chart({ data }: { readonly data: Vegetation }) {
  const lines = toLines(data);
  const short = data.index.toUpperCase();
  if (lines.length === 0) return <Empty>{t('vegetation.reading')}</Empty>;
  return (
    <>
      <TimeChart lines={lines} label={t('vegetation.chart', { index: short })} yLabel={short} digits={2} />
      <p class="small muted">{t('vegetation.about', { index: short })}</p>
    </>
  );
}

/** One line a stage; a mean that does not count stays visible, hollow. */
function toLines({ byStage, reference }: Vegetation): ChartLine[] {
  const line = (stage: Stage): ChartLine => ({
    key: stage,
    name: t(`stage.${stage}`),
    color: STAGE_STYLE[stage].fill,
    points: byStage
      .filter(point => point.stage === stage && point.mean !== null)
      .map(point => ({ on: point.acquiredOn, value: point.mean as number, counts: point.status === 'ok' }))
      .sort((a, b) => a.on.localeCompare(b.on)),
  });
  const referenceLine: ChartLine = {
    key: 'reference',
    name: t('vegetation.reference'),
    color: 'var(--ink-2)',
    dashed: true,
    points: reference
      .filter(point => point.mean !== null)
      .map(point => ({ on: point.acquiredOn, value: point.mean as number, counts: true }))
      .sort((a, b) => a.on.localeCompare(b.on)),
  };
  return [...STAGES.map(line), referenceLine].filter(one => one.points.length > 0);
}

function VegetationTable({ data }: { readonly data: Vegetation }) {
  const rows = [...data.byStage].sort((a, b) => b.acquiredOn.localeCompare(a.acquiredOn));
  return (
    <DataTable
      caption={t('vegetation.table')}
      rows={rows}
      rowKey={row => `${row.sceneId} ${row.stage}`}
      columns={[
        { key: 'date', head: t('vegetation.date'), isRowHead: true, cell: row => formatDate(row.acquiredOn) },
        { key: 'stage', head: t('land.stage'), cell: row => <StageName stage={row.stage as Stage} /> },
        { key: 'mean', head: data.index.toUpperCase(), numeric: true, cell: row => formatNumber(row.mean, 3) },
        { key: 'fvc', head: t('vegetation.fvc'), numeric: true, cell: row => formatPercent(row.fvc, 0) },
        { key: 'valid', head: t('vegetation.valid'), numeric: true, cell: row => formatPercent(row.validFraction, 0) },
        { key: 'status', head: t('vegetation.status'), cell: row => tCode('vegetationStatus', row.status) },
      ]}
    />
  );
}
