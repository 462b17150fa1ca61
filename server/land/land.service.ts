import type { MinesService } from '../mines/mines.service.ts';
import type { Database } from '../platform/db/database.ts';
import { createEventsService, type EventsService } from './events/events.service.ts';
import { createFindingsService, type FindingsService } from './findings/findings.service.ts';
import { createPartitionService, type PartitionService } from './partition/partition.service.ts';
import { createPeriodsService, type PeriodsService } from './periods/periods.service.ts';
import { createRestatementsService, type RestatementsService } from './periods/restatements.service.ts';
import { createGroupedRatesService, type GroupedRatesService } from './rates/grouped.service.ts';
import { createRatesService, type RatesService } from './rates/rates.service.ts';

/**
 * The land ledger: dated events, the partition they make, what is published of it, and the rates. Land is never two layers
 * that are added up; every figure is a sum over cells of one partition.
 */
export interface LandService {
  readonly events: EventsService;
  readonly findings: FindingsService;
  readonly partition: PartitionService;
  readonly rates: RatesService & GroupedRatesService;
  readonly periods: PeriodsService;
  readonly restatements: RestatementsService;
}

export function createLandService(deps: { db: Database; mines: MinesService; now?: () => Date }): LandService {
  return {
    events: createEventsService(deps),
    findings: createFindingsService(deps),
    partition: createPartitionService(deps),
    rates: { ...createRatesService(deps), ...createGroupedRatesService(deps) },
    periods: createPeriodsService(deps),
    restatements: createRestatementsService(deps),
  };
}
