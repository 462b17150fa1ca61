import type { Route } from '../platform/http/route.ts';
import type { BiodiversityService } from './biodiversity.service.ts';
import { habitatsRoutes } from './habitats/habitats.routes.ts';
import { occurrencesRoutes } from './occurrences/occurrences.routes.ts';
import { surveysRoutes } from './surveys/surveys.routes.ts';
import { taxaRoutes } from './taxa/taxa.routes.ts';

export function biodiversityRoutes(biodiversity: BiodiversityService): Route[] {
  return [
    ...taxaRoutes(biodiversity.taxa),
    ...surveysRoutes(biodiversity.surveys),
    ...occurrencesRoutes(biodiversity.occurrences),
    ...habitatsRoutes(biodiversity.habitats),
  ];
}
