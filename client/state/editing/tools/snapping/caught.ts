import { signal } from '@preact/signals';
import type { Snap, SnapOwner } from './snap-to.ts';

/** Whether corners fall on land, borders and sites in reach; whoever draws beside them turns it off. */
export const isSnapping = signal(true);

/** On what the corner in hand, or the one that was set last, has fallen. */
export interface Caught {
  readonly owner: SnapOwner;
  readonly isCorner: boolean;
}

/** Null = it lies where the hand put it. */
export const caught = signal<Caught | null>(null);

/** Keeps what a corner fell on; the signal changes only where the answer does, as a hand asks in every frame. */
export function tellCaught(snap: Snap | undefined): void {
  const before = caught.peek();
  if (snap === undefined) {
    if (before !== null) caught.value = null;
    return;
  }
  const { owner } = snap.target;
  const isCorner = snap.corner !== undefined;
  if (before?.owner !== owner || before.isCorner !== isCorner) caught.value = { owner, isCorner };
}
