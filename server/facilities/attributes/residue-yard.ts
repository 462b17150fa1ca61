import { z } from 'zod';
import { isoDate } from '../../platform/http/geojson.ts';
import { RESIDUE_PROCESSES } from '../reference/vocabulary.ts';

const volumeM3 = z.number().min(0).max(1e11);

/**
 * What is known of a red-mud yard. Total capacity = effective (`effectiveCapacityM3`) + water (`waterCapacityM3`) +
 * safety (`safetyCapacityM3`); dry density in tonnes per cubic metre.
 */
export const residueYardAttributes = z
  .strictObject({
    process: z.enum(RESIDUE_PROCESSES),
    liner: z.string().trim().min(1).max(500),
    designCapacityM3: volumeM3,
    effectiveCapacityM3: volumeM3,
    waterCapacityM3: volumeM3,
    safetyCapacityM3: volumeM3,
    dryDensityTPerM3: z.number().min(0.3).max(4),
    currentVolumeM3: volumeM3,
    initOperationOn: isoDate,
    otherInformation: z.string().trim().min(1).max(2000),
  })
  .partial();
