import * as m0001 from './0001_foundations.ts';
import * as m0002 from './0002_accounts.ts';
import * as m0003 from './0003_history_and_organisation.ts';
import * as m0004 from './0004_mine_boundary.ts';
import * as m0005 from './0005_facility.ts';
import * as m0006 from './0006_taxon.ts';
import * as m0007 from './0007_habitat_occurrence.ts';
import * as m0010 from './0010_overlay.ts';
import * as m0011 from './0011_land_ledger.ts';
import * as m0012 from './0012_published_period.ts';
import * as m0020 from './0020_scene.ts';
import * as m0021 from './0021_zonal_stat.ts';
import * as m0022 from './0022_published_layer.ts';
import * as m0023 from './0023_boundary_finding.ts';
import * as m0024 from './0024_land_rules.ts';
import * as m0030 from './0030_statistics_by_store.ts';
import * as m0040 from './0040_import.ts';
import * as m0041 from './0041_signing_key.ts';
import * as m0042 from './0042_bulk_ledger.ts';
import * as m0043 from './0043_measured_land.ts';
import * as m0044 from './0044_events_by_statement.ts';
import * as m0045 from './0045_fewer_event_indexes.ts';
import * as m0046 from './0046_import_ground.ts';
import * as m0047 from './0047_document_key.ts';
import * as m0048 from './0048_places_in_quarters.ts';
import * as m0049 from './0049_land_left.ts';

/** Every step of the schema, in order. A landed step is never edited; a new one is appended. */
export const migrations = [
  ['0001_foundations', m0001],
  ['0002_accounts', m0002],
  ['0003_history_and_organisation', m0003],
  ['0004_mine_boundary', m0004],
  ['0005_facility', m0005],
  ['0006_taxon', m0006],
  ['0007_habitat_occurrence', m0007],
  ['0010_overlay', m0010],
  ['0011_land_ledger', m0011],
  ['0012_published_period', m0012],
  ['0020_scene', m0020],
  ['0021_zonal_stat', m0021],
  ['0022_published_layer', m0022],
  ['0023_boundary_finding', m0023],
  ['0024_land_rules', m0024],
  ['0030_statistics_by_store', m0030],
  ['0040_import', m0040],
  ['0041_signing_key', m0041],
  ['0042_bulk_ledger', m0042],
  ['0043_measured_land', m0043],
  ['0044_events_by_statement', m0044],
  ['0045_fewer_event_indexes', m0045],
  ['0046_import_ground', m0046],
  ['0047_document_key', m0047],
  ['0048_places_in_quarters', m0048],
  ['0049_land_left', m0049],
] as const;
