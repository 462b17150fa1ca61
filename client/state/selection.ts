import { signal } from '@preact/signals';
import type { Basis, Grouping, RateCode, Scope, Stage } from '../api/shapes/codes.ts';

export type MineTab = 'land' | 'vegetation' | 'facilities' | 'nature' | 'ledger';
export const MINE_TABS: readonly MineTab[] = ['land', 'vegetation', 'facilities', 'nature', 'ledger'];

/** One thing that is lit up on the map and opened in the panel. */
export type Focus =
  | { readonly kind: 'cell'; readonly id: number }
  | { readonly kind: 'event'; readonly id: number }
  | { readonly kind: 'facility'; readonly id: number }
  | { readonly kind: 'habitat'; readonly id: string }
  | { readonly kind: 'occurrence'; readonly id: string }
  | { readonly kind: 'finding'; readonly id: number };

export type RateSide = 'numerator' | 'denominator';

export const mineId = signal<number | null>(null);
export const focus = signal<Focus | null>(null);
export const openStage = signal<Stage | null>(null);
/** Which side of the rate is opened to its polygons. */
export const openSide = signal<RateSide | null>(null);
export const tab = signal<MineTab>('land');
export const basis = signal<Basis>('A');
/** Empty = the server's own choice (land under licence). */
export const scope = signal<readonly Scope[]>([]);
export const rateCode = signal<RateCode>('RR1');
export const groupBy = signal<Grouping>('mine');

/** Opens a mine, or with null the overview. Leaves nothing of the last one lit. */
export function selectMine(id: number | null): void {
  if (mineId.value === id) return;
  mineId.value = id;
  focus.value = null;
  openStage.value = null;
  openSide.value = null;
}

/** Opens one stage of the area table, or closes it; what is outlined on the map is always one thing. */
export function toggleStage(stage: Stage): void {
  openStage.value = openStage.value === stage ? null : stage;
  openSide.value = null;
}

export function toggleSide(side: RateSide): void {
  openSide.value = openSide.value === side ? null : side;
  openStage.value = null;
}
