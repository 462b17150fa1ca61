import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REPORTED_RATES } from '../../samples/cover/calibrate.ts';
import { SAMPLE_ORGANISATIONS } from '../../samples/sites/organisations.ts';
import { ALL_SITES } from '../../samples/sites/all-sites.ts';
import { createContainer, type Container } from '../../server/container.ts';
import { readConfig } from '../../server/platform/config.ts';
import { createJobs } from '../../server/platform/jobs/create-jobs.ts';
import { createLog } from '../../server/platform/log.ts';
import { openStorage } from '../../server/platform/storage/open-storage.ts';
import { PUBLIC_VIEWER } from '../../server/platform/viewer.ts';
import { seedSamples } from '../../server/seed.ts';
import { SEEDER } from '../../server/seed-scenes.ts';
import { describeOnBothDatabases, OUTPUT } from '../helpers/databases.ts';

const SEEDING_MS = 600_000;

describeOnBothDatabases('the samples in the ledger', getDb => {
  let container: Container;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(OUTPUT, 'samples-'));
    const config = readConfig({ REGREEN_DATA_DIR: dataDir, REGREEN_WORKERS: '0' });
    const database = getDb();
    const log = createLog('silent');
    const storage = await openStorage(undefined, dataDir);
    const jobs = createJobs(database, log);
    await jobs.prepare();
    container = createContainer({ config, log, database, storage, jobs });
    await seedSamples(container);
  }, SEEDING_MS);

  afterAll(async () => {
    await container?.jobs.stop(0);
    await rm(dataDir, { recursive: true, force: true });
  });

  const countOf = async (table: string): Promise<number> =>
    Number((await container.database.knex(table).count<{ n: number }[]>({ n: '*' }))[0]?.n);

  it.each(REPORTED_RATES)('the group has recovered $percent % of its land at the end of $year', async year => {
    const query = {
      groupBy: 'organisation' as const,
      asAt: `${year.year}-12-31`,
      basis: 'A' as const,
      scope: ['LIC' as const],
    };
    for (const viewer of [SEEDER, PUBLIC_VIEWER]) {
      const { items } = await container.land.rates.getGrouped(viewer, query);
      const group = items.find(item => item.key === 'SMG');
      expect(((group?.rates['RR1']?.value ?? 0) * 100).toFixed(2)).toBe(year.percent.toFixed(2));
    }
  });

  it('holds what the sites list, and nothing that a rule complains about by accident', async () => {
    expect(await countOf('mine')).toBe(ALL_SITES.length);
    expect(await countOf('habitat_patch')).toBe(ALL_SITES.reduce((sum, site) => sum + site.habitats.length, 0));
    expect(await countOf('occurrence')).toBe(ALL_SITES.reduce((sum, site) => sum + site.occurrences.length, 0));
    expect(await countOf('published_period')).toBe(ALL_SITES.length);
    const findings = await container.database.knex('land_finding').distinct<{ code: string }[]>('code').orderBy('code');
    // An ore yard beyond its licence, and voluntary work on legacy land: both are meant.
    expect(findings.map(finding => finding.code)).toEqual(['out-of-bounds', 'scope-changed']);
  });

  it('keeps the nests of the vultures from the public, and shows the egrets', async () => {
    const { items: mines } = await container.mines.list({ q: 'QH-PZ-01', limit: 10 });
    const { items } = await container.biodiversity.habitats.list(PUBLIC_VIEWER, mines[0]!.id, { limit: 100 });
    const taxa = items.flatMap(habitat => habitat.taxa.map(taxon => taxon.scientificName));
    expect(taxa).toContain('Egretta garzetta');
    expect(taxa).not.toContain('Aegypius monachus');
    expect(taxa).not.toContain('Gyps himalayensis');
  });

  it('gives each demo account its organisation', async () => {
    const { answer } = await container.accounts.signIn({ username: 'manager', password: 'demo' });
    expect(answer.account?.organisationCode).toBe('SMG-AL');
  });

  it('are loaded once: a second time changes nothing and queues nothing', async () => {
    const tables = ['organisation', 'mine', 'boundary', 'facility', 'land_event', 'occurrence', 'audit_entry', 'job'];
    const before = await Promise.all(tables.map(countOf));
    await seedSamples(container);
    expect(await Promise.all(tables.map(countOf))).toEqual(before);
    expect(before[0]).toBe(SAMPLE_ORGANISATIONS.length);
  });
});
