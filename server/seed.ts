import type { MultiPolygon } from '../gis/types.ts';
import type { SampleSite } from '../samples/model.ts';
import { PUBLISHED_AS_AT } from '../samples/model.ts';
import { DEMO_ACCOUNT_ORGANISATIONS, SAMPLE_ORGANISATIONS } from '../samples/sites/organisations.ts';
import { ALL_SITES } from '../samples/sites/all-sites.ts';
import { SAMPLE_TAXA } from '../samples/sites/taxa.ts';
import { seedDemoAccounts } from './accounts/demo-accounts.ts';
import type { Container } from './container.ts';
import { AppError } from './platform/errors.ts';
import { runInThread, threadUrl } from './platform/threads.ts';
import type { Role } from './platform/viewer.ts';
import { findMineId, queueSampleScenes, SEEDER } from './seed-scenes.ts';

export type SeedDeps = Pick<
  Container,
  | 'database'
  | 'jobs'
  | 'accounts'
  | 'organisations'
  | 'mines'
  | 'boundaries'
  | 'facilities'
  | 'land'
  | 'biodiversity'
  | 'imagery'
>;

/**
 * Loads the samples and the demo accounts through the services, as if somebody had typed them in, and queues the drawing of
 * their scenes. Each step looks first at what is there: a start that was cut off goes on where it stopped, and a later one
 * finds nothing to do.
 */
export async function seedSamples(deps: SeedDeps, onProgress: (text: string) => void = () => undefined): Promise<void> {
  await seedOrganisations(deps);
  if (!(await isLoaded(deps))) {
    onProgress('Making the sample mines');
    await seedTaxa(deps);
    const sites = await runInThread<SampleSite[]>(threadUrl(import.meta.url, '../samples/generate.thread.ts'), null);
    for (const [index, site] of sites.entries()) {
      onProgress(`Loading the samples: ${site.mine.nameEn} (${index + 1} of ${sites.length})`);
      await seedSite(deps, site);
    }
  }
  await queueSampleScenes({ ...deps, scenes: deps.imagery.scenes });
}

/** Habitats come last: when the last site has its own, everything is there. */
async function isLoaded(deps: SeedDeps): Promise<boolean> {
  const last = ALL_SITES.at(-1);
  const mineId = last && (await findMineId(deps.mines, last.mine.code));
  if (!last || mineId === undefined) return false;
  return (await countHabitats(deps, mineId)) >= last.habitats.length;
}

async function seedOrganisations({ organisations, accounts }: SeedDeps): Promise<void> {
  const ids = new Map<string, number>();
  for (const organisation of SAMPLE_ORGANISATIONS) {
    const known = await unless('organisation-unknown', () => organisations.getByCode(organisation.code));
    const { id } = known ?? (await organisations.create(SEEDER, organisation));
    ids.set(organisation.code, id);
  }
  const organisationIds = Object.entries(DEMO_ACCOUNT_ORGANISATIONS).flatMap(([role, code]) => {
    const id = code === null ? undefined : ids.get(code);
    return id === undefined ? [] : [[role as Role, id] as const];
  });
  await seedDemoAccounts(accounts, Object.fromEntries(organisationIds));
}

async function seedTaxa({ database, biodiversity: { taxa } }: SeedDeps): Promise<void> {
  await database.transaction(tx => taxa.loadReference(tx));
  for (const taxon of SAMPLE_TAXA) {
    const known = await unless('taxon-unknown', () => taxa.getByName(database.knex, taxon.scientificName));
    if (!known) await taxa.create(SEEDER, taxon);
  }
}

async function seedSite(deps: SeedDeps, site: SampleSite): Promise<void> {
  const mineId = (await findMineId(deps.mines, site.mine.code)) ?? (await createMine(deps, site));
  await seedBoundaries(deps, mineId, site);
  const facilityIds = await seedFacilities(deps, mineId, site);
  await seedLand(deps, mineId, site, facilityIds);
  await seedReferences(deps, mineId, site);
  await seedWildlife(deps, mineId, site);
}

/** The first licence comes with the mine. */
async function createMine({ mines }: SeedDeps, { mine, boundaries }: SampleSite): Promise<number> {
  const licence = boundaries.find(boundary => boundary.kind === 'LICENCE');
  if (!licence) throw new Error(`${mine.code} has no licence`);
  const { geometry, validFrom, docRef } = licence;
  const properties = { ...mine, endOn: null, validFrom, docRef };
  return (await mines.create(SEEDER, feature(geometry, properties))).id;
}

async function seedBoundaries({ boundaries }: SeedDeps, mineId: number, site: SampleSite): Promise<void> {
  const { items } = await boundaries.list(mineId, { limit: 1000 });
  for (const { kind, geometry, validFrom, validTo, docRef } of site.boundaries) {
    if (items.some(known => known.kind === kind && known.validFrom === validFrom)) continue;
    // The licence that came with the mine ends where its successor begins; the later version says so.
    const earlier = items.find(known => known.kind === kind && known.validFrom < validFrom);
    const properties = {
      kind,
      validFrom,
      validTo,
      docRef,
      declaredAreaM2: null,
      ...(earlier ? { supersedes: earlier.id } : {}),
    };
    await boundaries.create(SEEDER, mineId, feature(geometry, properties));
  }
}

async function seedFacilities(
  { facilities }: SeedDeps,
  mineId: number,
  site: SampleSite,
): Promise<ReadonlyMap<string, number>> {
  const { items } = await facilities.list(mineId, { limit: 1000 });
  const ids = new Map<string, number>();
  for (const { key, geometry, attributes, ...properties } of site.facilities) {
    const known = items.find(facility => facility.nameEn === properties.nameEn);
    const drawn = feature(geometry, { ...properties, validTo: null, attributes: { ...attributes } });
    ids.set(key, (known ?? (await facilities.create(SEEDER, mineId, drawn))).id);
  }
  return ids;
}

async function seedLand(
  { land, mines }: SeedDeps,
  mineId: number,
  site: SampleSite,
  facilityIds: ReadonlyMap<string, number>,
): Promise<void> {
  const { landRevision } = await mines.getOwner(mineId);
  if (landRevision === 0) {
    const features = site.events.map(({ geometry, facilityKey, key: _key, vegetationHolds: _holds, ...event }) =>
      feature(geometry, {
        ...event,
        facilityId: facilityKey === null ? null : (facilityIds.get(facilityKey) ?? null),
        rightRef: null,
        declaredAreaM2: null,
        replaces: null,
      }),
    );
    await land.events.recordAll(SEEDER, mineId, features);
  }
  const { items: plans } = await land.periods.listPlans(SEEDER, mineId);
  for (const plan of site.plans) {
    if (!plans.some(known => known.year === plan.year))
      await land.periods.putPlan(SEEDER, mineId, { ...plan, areas: 'incremental' }, undefined);
  }
  const { items: periods } = await land.periods.list(mineId, { limit: 1 });
  if (periods.length === 0) await land.periods.publish(SEEDER, mineId, { asAt: PUBLISHED_AS_AT });
}

async function seedReferences({ imagery }: SeedDeps, mineId: number, site: SampleSite): Promise<void> {
  const { items } = await imagery.referenceAreas.list(mineId, { limit: 100 });
  for (const { geometry, ...properties } of site.references) {
    if (items.some(known => known.ecosystemEn === properties.ecosystemEn)) continue;
    await imagery.referenceAreas.create(SEEDER, mineId, feature(geometry, properties));
  }
}

/** Counted without handing any place to anybody. */
async function countHabitats({ biodiversity }: SeedDeps, mineId: number): Promise<number> {
  return (await biodiversity.habitats.listForStatistics(mineId, PUBLISHED_AS_AT)).length;
}

/** Habitats last: a site that has them has the rest. */
async function seedWildlife(deps: SeedDeps, mineId: number, site: SampleSite): Promise<void> {
  const { database, biodiversity } = deps;
  if ((await countHabitats(deps, mineId)) >= site.habitats.length) return;
  const { taxa, surveys, occurrences, habitats } = biodiversity;
  const surveyIds = new Map<string, string>();
  for (const { key, ...survey } of site.surveys) {
    const { id } = await surveys.create(SEEDER, mineId, {
      ...survey,
      eventDateTo: null,
      sampleSizeValue: null,
      sampleSizeUnit: null,
      remarks: null,
      sensitivity: 0,
    });
    surveyIds.set(key, id);
  }
  for (const { key: _key, position, surveyKey, ...record } of site.occurrences) {
    await occurrences.create(SEEDER, mineId, {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [...position] },
      properties: {
        ...record,
        taxonId: null,
        surveyId: surveyKey === null ? null : (surveyIds.get(surveyKey) ?? null),
        lifeStage: null,
        behavior: null,
        recordedBy: 'Sample Ecology Team',
      },
    });
  }
  for (const { key: _key, taxa: names, geometry, ...habitat } of site.habitats) {
    const known = await Promise.all(names.map(name => taxa.getByName(database.knex, name)));
    const properties = { ...habitat, uses: [...habitat.uses], taxonIds: known.map(({ id }) => id), validTo: null };
    await habitats.create(SEEDER, mineId, feature(geometry, properties));
  }
}

/** A GeoJSON feature as a request brings it: a copy that its receiver may keep. */
function feature<P>(geometry: MultiPolygon, properties: P): GeoJsonFeature<P> {
  const coordinates = geometry.coordinates.map(rings => rings.map(ring => ring.map(([lng, lat]) => [lng, lat])));
  return { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates }, properties };
}

interface GeoJsonFeature<P> {
  type: 'Feature';
  geometry: { type: 'MultiPolygon'; coordinates: number[][][][] };
  properties: P;
}

/** What was asked for, or undefined where it does not exist (the fault has this code). */
async function unless<T>(code: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.code === code) return undefined;
    throw error;
  }
}
