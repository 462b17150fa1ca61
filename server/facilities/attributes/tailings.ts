import { z } from 'zod';
import { isoDate } from '../../platform/http/geojson.ts';
import {
  DISCHARGES,
  RAISE_METHODS,
  TAILINGS_CONSEQUENCES,
  TAILINGS_STATUSES,
  TAILINGS_TYPES,
} from '../reference/vocabulary.ts';

const text = z.string().trim().min(1).max(2000);
const volumeM3 = z.number().min(0).max(1e11);

/**
 * What is known of a tailings facility: the object's own facts and the answers that investors ask for. The national
 * grade (等别) is the declared one; 1 is the most severe. `heightM` is the present maximum height above the toe.
 */
export const tailingsAttributes = z
  .strictObject({
    purpose: text,
    tailingsType: z.enum(TAILINGS_TYPES),
    tailingsStatus: z.enum(TAILINGS_STATUSES),
    discharge: z.enum(DISCHARGES),
    raiseMethod: z.enum(RAISE_METHODS),
    crestElevM: z.number().min(-500).max(7000),
    heightM: z.number().min(0).max(1000),
    designFinalHeightM: z.number().min(0).max(1000),
    fullCapacityM3: volumeM3,
    currentVolumeM3: volumeM3,
    plannedVolume5yM3: volumeM3,
    designFinalCapacityM3: volumeM3,
    initOperationOn: isoDate,
    gradeDeclared: z.number().int().min(1).max(5),
    downstreamFlag: z.boolean(),
    consequence: z.enum(TAILINGS_CONSEQUENCES),
    consequenceGuideline: text,
    engineerOfRecord: text,
    lastIndependentReviewOn: isoDate,
    closurePlan: z.boolean(),
    longTermMonitoring: z.boolean(),
    financialProvision: text,
    stabilityConcern: z.boolean(),
    stabilityConcernText: text,
    climateAssessed: z.boolean(),
    recordsComplete: z.boolean(),
    builtPerDesign: z.boolean(),
    internalSupport: z.boolean(),
    externalSupport: z.boolean(),
    independentTailingsReviewBoard: z.boolean(),
    downstreamImpactAssessedOn: isoDate,
    otherInformation: text,
  })
  .partial();
