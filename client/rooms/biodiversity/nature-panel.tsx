import type { Habitat, Occurrence, TaxonRef } from '../../api/shapes/nature.ts';
import { formatDate, formatHa, formatMu, formatNumber, formatPercent, formatSeasonDay } from '../../i18n/format.ts';
import { locale, nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { habitats, occurrences } from '../../state/mine/places.ts';
import { focus } from '../../state/selection.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { Section } from '../../ui/disclosure.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { ProtectionMarks } from './protection-marks.tsx';

/** Habitats and species that this viewer may see. What is withheld is not hinted at, not even by a number. */
export function NaturePanel() {
  return (
    <div class="stack">
      <Section title={t('nature.habitats')}>
        <LoadedView from={habitats} isEmpty={list => list.length === 0} empty={t('nature.noHabitats')}>
          {list => (
            <ul class="cards">
              {list.map(habitat => (
                <li key={habitat.id}>
                  <HabitatCard habitat={habitat} />
                </li>
              ))}
            </ul>
          )}
        </LoadedView>
      </Section>
      <Section title={t('nature.occurrences')}>
        <LoadedView from={occurrences} isEmpty={list => list.length === 0} empty={t('nature.noOccurrences')}>
          {list => <OccurrenceTable list={list} />}
        </LoadedView>
      </Section>
      <p class="small muted">
        <Icon name="lock" size={14} /> {t('nature.sensitive')}
      </p>
    </div>
  );
}

function HabitatCard({ habitat }: { readonly habitat: Habitat }) {
  const lit = focus.value?.kind === 'habitat' && focus.value.id === habitat.id;
  const season =
    habitat.seasonFrom && habitat.seasonTo
      ? t('nature.season.range', { from: formatSeasonDay(habitat.seasonFrom), to: formatSeasonDay(habitat.seasonTo) })
      : '';
  const kind = nameOf({ nameZh: habitat.habitatNameZh, nameEn: habitat.habitatNameEn });
  return (
    <article class={`card${lit ? ' is-lit' : ''}`}>
      <header class="spread">
        <h2>{nameOf(habitat)}</h2>
        <button
          type="button"
          class="link small"
          aria-pressed={lit}
          onClick={() => (focus.value = lit ? null : { kind: 'habitat', id: habitat.id })}
        >
          <Icon name="target" size={15} /> {t('ui.onMap')}
        </button>
      </header>
      <p class="row row-wrap">
        {kind !== '' && <span class="chip">{kind}</span>}
        {habitat.uses.map(use => (
          <span key={use} class="chip chip-plain">
            {tCode('habitatUse', use)}
          </span>
        ))}
        {habitat.sensitivity > 0 && (
          <span class="chip chip-lock">
            <Icon name="lock" size={13} /> {t('nature.sensitivity', { category: habitat.sensitivity })}
          </span>
        )}
      </p>
      <Facts
        facts={[
          { name: t('nature.area'), value: `${formatHa(habitat.areaM2)} · ${formatMu(habitat.areaM2)}` },
          ...(season === '' ? [] : [{ name: t('nature.season'), value: season }]),
          ...(habitat.quality === null
            ? []
            : [{ name: t('nature.quality'), value: formatPercent(habitat.quality, 0) }]),
        ]}
      />
      {habitat.taxa.length > 0 && (
        <ul class="stack-tight">
          {habitat.taxa.map(taxon => (
            <li key={taxon.taxonId}>
              <TaxonName taxon={taxon} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function TaxonName({ taxon }: { readonly taxon: Pick<TaxonRef, 'scientificName' | 'nameZh' | 'nameEn' | 'statuses'> }) {
  return (
    <span class="taxon">
      <span>{nameOf(taxon)}</span> <i lang="la">{taxon.scientificName}</i> <ProtectionMarks statuses={taxon.statuses} />
    </span>
  );
}

function OccurrenceTable({ list }: { readonly list: readonly Occurrence[] }) {
  const rows = [...list].sort((a, b) => b.eventDate.localeCompare(a.eventDate));
  const lang = locale.value;
  return (
    <DataTable
      caption={t('nature.occurrences')}
      rows={rows}
      rowKey={row => row.id}
      isLit={row => focus.value?.kind === 'occurrence' && focus.value.id === row.id}
      columns={[
        {
          key: 'taxon',
          head: t('nature.species'),
          isRowHead: true,
          cell: row => (
            <button
              type="button"
              class="link"
              lang={lang}
              onClick={() => (focus.value = { kind: 'occurrence', id: row.id })}
            >
              {nameOf(row.taxon ?? {}) || row.taxon?.scientificName || t('nature.unnamed')}
            </button>
          ),
        },
        {
          key: 'scientific',
          head: t('nature.scientific'),
          cell: row => <i lang="la">{row.taxon?.scientificName ?? ''}</i>,
        },
        {
          key: 'status',
          head: t('nature.protection'),
          cell: row => <ProtectionMarks statuses={row.taxon?.statuses ?? []} />,
        },
        { key: 'date', head: t('nature.date'), cell: row => formatDate(row.eventDate) },
        { key: 'count', head: t('nature.count'), numeric: true, cell: row => formatNumber(row.individualCount) },
      ]}
    />
  );
}
