import { signal } from '@preact/signals';

/** What can be done with the stroke under way. */
export interface StrokeUnderWay {
  readonly canFinish: boolean;
  readonly canGoBack: boolean;
}

/** The stroke that a hand is making on the map, from its first corner to its last. Null = none. */
export const strokeUnderWay = signal<StrokeUnderWay | null>(null);

export type StrokeWish = 'finish' | 'back' | 'drop';

/** What somebody without a double click or a keyboard asks of the stroke; the map follows and takes it down. */
export const strokeWish = signal<StrokeWish | null>(null);
