import { getAll } from './client.ts';
import type { Habitat, Occurrence } from './shapes/nature.ts';

export const listHabitats = (mineId: number, signal: AbortSignal): Promise<readonly Habitat[]> =>
  getAll(`/api/v1/mines/${mineId}/habitats`, {}, signal);
export const listOccurrences = (mineId: number, signal: AbortSignal): Promise<readonly Occurrence[]> =>
  getAll(`/api/v1/mines/${mineId}/occurrences`, {}, signal);
