import type { BiodiversityService } from '../../biodiversity/biodiversity.service.ts';
import type { FacilitiesService } from '../../facilities/facilities.service.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database } from '../../platform/db/database.ts';
import { facilitiesTiles } from './sources/facilities-source.ts';
import { findingsTiles, landTiles } from './sources/land-source.ts';
import { minesTiles } from './sources/mines-source.ts';
import { habitatsTiles, occurrencesTiles } from './sources/places-source.ts';
import type { TileSource } from './tile-source.ts';

/** Every layer that is served as vector tiles. */
export function tileSources(deps: {
  db: Database;
  mines: MinesService;
  facilities: FacilitiesService;
  biodiversity: BiodiversityService;
}): readonly TileSource[] {
  return [
    minesTiles(deps.mines),
    landTiles(deps),
    facilitiesTiles(deps.facilities),
    habitatsTiles(deps.biodiversity),
    occurrencesTiles(deps.biodiversity),
    findingsTiles(deps),
  ];
}
