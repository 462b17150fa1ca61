import { getMine, listBoundaries, listFacilities } from '../../api/mines.ts';
import { listHabitats, listOccurrences } from '../../api/nature.ts';
import { account, dataVersion } from '../access/session.ts';
import { resource } from '../resource.ts';
import { mineId } from '../selection.ts';

interface MineKey {
  readonly mineId: number;
  readonly viewer: string;
}

const key = (): MineKey | null =>
  mineId.value === null
    ? null
    : { mineId: mineId.value, viewer: `${account.value?.id ?? 'public'}.${dataVersion.value}` };

const ofMine = <T>(load: (mineId: number, signal: AbortSignal) => Promise<T>) =>
  resource<MineKey, T>({
    key,
    load: (one, signal) => load(one.mineId, signal),
    keeps: (before, after) => before.mineId === after.mineId,
  });

export const mine = ofMine(getMine);
export const boundaries = ofMine(listBoundaries);
export const facilities = ofMine(listFacilities);
export const habitats = ofMine(listHabitats);
export const occurrences = ofMine(listOccurrences);
