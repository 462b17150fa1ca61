import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITION_VERSION } from '../gis/ledger/definitions.ts';
import { migrations } from '../migrations/index.ts';
import { accountsRoutes } from './accounts/accounts.routes.ts';
import { createAccountsService, type AccountsService } from './accounts/accounts.service.ts';
import { biodiversityRoutes } from './biodiversity/biodiversity.routes.ts';
import { createBiodiversityService, type BiodiversityService } from './biodiversity/biodiversity.service.ts';
import { exportRoutes } from './exchange/export/export.routes.ts';
import { createExportService, type ExportService } from './exchange/export/export.service.ts';
import { createImportsUnderWay } from './exchange/imports/imports-under-way.ts';
import { defineImportJobs } from './exchange/imports/imports.jobs.ts';
import { importsRoutes } from './exchange/imports/imports.routes.ts';
import { createImportsService, type ImportsService } from './exchange/imports/imports.service.ts';
import { facilitiesRoutes } from './facilities/facilities.routes.ts';
import { createFacilitiesService, type FacilitiesService } from './facilities/facilities.service.ts';
import { imageryRoutes } from './imagery/imagery.routes.ts';
import { createImageryService, type ImageryService } from './imagery/imagery.service.ts';
import { landRoutes } from './land/land.routes.ts';
import { createLandService, type LandService } from './land/land.service.ts';
import { boundariesRoutes } from './mines/boundaries.routes.ts';
import { createBoundariesService, type BoundariesService } from './mines/boundaries.service.ts';
import { minesRoutes } from './mines/mines.routes.ts';
import { createMinesService, type MinesService } from './mines/mines.service.ts';
import { organisationsRoutes } from './organisations/organisations.routes.ts';
import { createOrganisationsService, type OrganisationsService } from './organisations/organisations.service.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/database.ts';
import { openDatabase } from './platform/db/open-database.ts';
import { createHousekeeping, type Housekeeping } from './platform/db/housekeeping.ts';
import { pendingMigrations } from './platform/db/migrate.ts';
import type { Check } from './platform/http/operations/health.ts';
import { settingsRoutes } from './platform/http/operations/settings.routes.ts';
import type { Route } from './platform/http/route.ts';
import { createJobs } from './platform/jobs/create-jobs.ts';
import { jobsRoutes } from './platform/jobs/jobs.routes.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { Log } from './platform/log.ts';
import { openStorage } from './platform/storage/open-storage.ts';
import type { Storage } from './platform/storage/storage.ts';
import { packageRoot } from './platform/threads.ts';
import { tileSources } from './portal/tiles/tiles-sources.ts';
import { tilesRoutes } from './portal/tiles/tiles.routes.ts';
import { createTilesService } from './portal/tiles/tiles.service.ts';
import { vocabulariesRoutes } from './portal/vocabularies/vocabularies.routes.ts';
import { defineSampleJobs } from './seed-scenes.ts';

/** What the rooms stand on. */
export interface Foundations {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
}

/** The whole product in one process: every room, made once and handed to those that need it. */
export interface Container extends Foundations {
  readonly version: string;
  readonly housekeeping: Housekeeping;
  readonly accounts: AccountsService;
  readonly organisations: OrganisationsService;
  readonly mines: MinesService;
  readonly boundaries: BoundariesService;
  readonly facilities: FacilitiesService;
  readonly land: LandService;
  readonly biodiversity: BiodiversityService;
  readonly imagery: ImageryService;
  readonly exports: ExportService;
  readonly imports: ImportsService;
  readonly routes: readonly Route[];
  readonly checks: readonly Check[];
}

/** Opens what lies outside the process. Errors: see `openDatabase` and `openStorage`. */
export async function openFoundations(
  config: Config,
  log: Log,
  tell: { onProgress(text: string): void; onLost(error: Error): void },
): Promise<Foundations> {
  const storage = await openStorage(config.storageUrl, config.dataDir);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, ...tell });
  return { config, log, database, storage, jobs: createJobs(database, log) };
}

/** The one list of rooms. */
export function createContainer(foundations: Foundations): Container {
  const { config, database: db, jobs, storage } = foundations;
  const version = readVersion();
  const accounts = createAccountsService({ db });
  const organisations = createOrganisationsService({ db });
  const mines = createMinesService({ db, organisations });
  const boundaries = createBoundariesService({ db, mines });
  const facilities = createFacilitiesService({ db, mines });
  const land = createLandService({ db, mines });
  const underWay = createImportsUnderWay();
  const imports = createImportsService({
    db,
    storage,
    jobs,
    mines,
    boundaries,
    land,
    underWay,
    dataDir: config.dataDir,
  });
  defineImportJobs({ db, storage, jobs, land, mines, underWay });
  const biodiversity = createBiodiversityService({ db, mines });
  const imagery = createImageryService({ db, storage, jobs, mines, land, biodiversity });
  const exports = createExportService({ mines, boundaries, land, facilities, biodiversity, dataDir: config.dataDir });
  defineSampleJobs({ database: db, jobs, mines, scenes: imagery.scenes });
  const tiles = createTilesService({ db, sources: tileSources({ db, mines, facilities, biodiversity }) });
  const routes = [
    ...settingsRoutes({
      version,
      isDemo: config.isDemo,
      basemap: config.basemap,
      definitionVersion: DEFINITION_VERSION,
      latestPublishedAsAt: () => land.periods.getLatestPublishedAsAt(),
    }),
    ...accountsRoutes(accounts),
    ...organisationsRoutes(organisations),
    ...minesRoutes(mines),
    ...boundariesRoutes(boundaries),
    ...landRoutes(land),
    ...facilitiesRoutes(facilities),
    ...biodiversityRoutes(biodiversity),
    ...imageryRoutes(imagery),
    ...exportRoutes(exports),
    ...importsRoutes(imports),
    ...tilesRoutes(tiles),
    ...vocabulariesRoutes(),
    ...jobsRoutes(jobs),
  ];
  return {
    ...foundations,
    version,
    housekeeping: createHousekeeping(db, foundations.log),
    accounts,
    organisations,
    mines,
    boundaries,
    facilities,
    land,
    biodiversity,
    imagery,
    exports,
    imports,
    routes,
    checks: readinessChecks(db, storage, jobs),
  };
}

function readinessChecks(db: Database, storage: Storage, jobs: Jobs): Check[] {
  return [
    {
      name: 'database',
      async run() {
        await db.knex.raw('select postgis_lib_version()');
        return { kind: db.kind, postgis: db.postgis };
      },
    },
    {
      name: 'migrations',
      async run() {
        const missing = await pendingMigrations(db, migrations);
        if (missing.length > 0) throw new Error(`not applied: ${missing.join(', ')}`);
      },
    },
    { name: 'storage', run: () => storage.check() },
    { name: 'jobs', run: () => jobs.countOpen() },
  ];
}

const readVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
