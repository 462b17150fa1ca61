import type { MinesService } from '../mines/mines.service.ts';
import type { Database } from '../platform/db/database.ts';
import type { Viewer } from '../platform/viewer.ts';
import { createExactAccessLog, type ExactAccessLog } from './exact-access-log.ts';
import { createHabitatsService, type HabitatsService } from './habitats/habitats.service.ts';
import { createOccurrencesService, type OccurrencesService } from './occurrences/occurrences.service.ts';
import { placeAudience, placeScopeOf, type PlaceScope } from './policy.ts';
import { createPublicReader, type PublicReader } from './public-reader.ts';
import { createSurveysService, type SurveysService } from './surveys/surveys.service.ts';
import { createTaxaService, type TaxaService } from './taxa/taxa.service.ts';

/** Species, surveys, occurrences and habitats, and the door before the places of the sensitive ones. */
export interface BiodiversityService {
  readonly taxa: TaxaService;
  readonly surveys: SurveysService;
  readonly occurrences: OccurrencesService;
  readonly habitats: HabitatsService;
  readonly logExactAccess: ExactAccessLog;
  readonly readAsPublic: PublicReader;
  /** Which store a viewer reads, and the key that all who see the same share. */
  audienceOf(viewer: Viewer): { readonly scope: PlaceScope; readonly key: string };
}

export function createBiodiversityService(deps: { db: Database; mines: MinesService }): BiodiversityService {
  const { db, mines } = deps;
  const readAsPublic = createPublicReader(db);
  const logExactAccess = createExactAccessLog(db.knex);
  const taxa = createTaxaService({ db });
  const surveys = createSurveysService({ db, mines, readAsPublic });
  return {
    taxa,
    surveys,
    occurrences: createOccurrencesService({ db, mines, taxa, surveys, readAsPublic, logExactAccess }),
    habitats: createHabitatsService({ db, mines, taxa, readAsPublic, logExactAccess }),
    logExactAccess,
    readAsPublic,
    audienceOf(viewer) {
      const scope = placeScopeOf(viewer);
      return { scope, key: placeAudience(scope) };
    },
  };
}
