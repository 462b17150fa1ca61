import { batch, computed, effect, signal } from '@preact/signals';
import type { Polygonal } from '../../../../gis/types.ts';
import { asDrawn } from '../rings.ts';
import { measured } from '../assess/assessed.ts';
import { liveRings, sketch, subject } from '../store.ts';
import { strokeUnderWay } from '../tools/stroke.ts';
import { traced } from '../tools/tracing.ts';
import { showBox } from '../../view.ts';
import { askWorker, endWorker, LiveRefusal } from './ask-worker.ts';
import { chooseBands } from './choose-bands.ts';
import type { BandGuess } from './choose-bands.ts';
import type { LiveChoice, LiveFault, LiveFigures, LiveInfo, LivePicture } from './messages.ts';

/** A raster of the person's own, in the browser alone. */
export type LiveRaster =
  | { readonly step: 'none' }
  | { readonly step: 'opening'; readonly name: string }
  | { readonly step: 'failed'; readonly name: string; readonly fault: LiveFault }
  | { readonly step: 'open'; readonly info: LiveInfo; readonly guessedFrom: BandGuess['from'] };

export const liveRaster = signal<LiveRaster>({ step: 'none' });
export const liveChoice = signal<LiveChoice | null>(null);
export const livePicture = signal<LivePicture | null>(null);
/** Of the polygon in hand; null = there is none, or nothing is known of it yet. */
export const liveFigures = signal<LiveFigures | null>(null);
/** Why the last measuring or drawing failed: a block that is broken, a file that has gone. */
export const liveFault = signal<LiveFault | null>(null);

/** Below these a mean is shown with a warning beside it; the server's rates take no such mean. */
export const MIN_LIVE_VALID_FRACTION = 0.8;
export const MIN_LIVE_EFFECTIVE_PIXELS = 10;

/** The polygon under the hand: as it is being drawn, else as it was drawn. */
const polygonInHand = computed<Polygonal | undefined>(() => {
  if (subject.value === null) return undefined;
  return sketch.value === null ? measured.value.geometry : asDrawn(sketch.value);
});

/** Measurements follow each other by this much at least; the hand is never waited for. */
const REST_MS = 40;

let following: (() => void) | undefined;
let opened = 0;

/** Whether somebody has drawn anything that the map must not leave. */
const isDrawing = (): boolean =>
  subject.peek() !== null &&
  (liveRings.peek().length > 0 || strokeUnderWay.peek() !== null || traced.peek().length > 0);

/** Goes to the raster that is open. */
export function showLiveFile(): void {
  const raster = liveRaster.peek();
  if (raster.step === 'open') showBox(raster.info.box, 17);
}

/** Opens a file; the one before it is let go. The map goes there, unless something is drawn. Never throws: a fault is a state with a code. */
export async function openLiveFile(file: File): Promise<void> {
  const turn = ++opened;
  batch(() => {
    liveRaster.value = { step: 'opening', name: file.name };
    forget();
  });
  try {
    const info = await askWorker({ kind: 'open', file });
    if (turn !== opened) return;
    const guess = chooseBands(info.bands);
    batch(() => {
      liveRaster.value = { step: 'open', info, guessedFrom: guess.from };
      liveChoice.value = guess.choice;
    });
    if (!isDrawing()) showLiveFile();
    following ??= follow();
  } catch (error) {
    if (turn !== opened) return;
    liveRaster.value = { step: 'failed', name: file.name, fault: faultOf(error) };
  }
}

export function closeLiveFile(): void {
  opened += 1;
  following?.();
  following = undefined;
  batch(() => {
    liveRaster.value = { step: 'none' };
    forget();
  });
  endWorker();
}

export function changeLiveChoice(change: Partial<LiveChoice>): void {
  if (liveChoice.value !== null) liveChoice.value = { ...liveChoice.value, ...change };
}

function forget(): void {
  liveChoice.value = null;
  livePicture.value = null;
  liveFigures.value = null;
  liveFault.value = null;
}

const faultOf = (error: unknown): LiveFault =>
  error instanceof LiveRefusal ? error.fault : { code: 'raster-fault', params: { reason: String(error) } };

/** Keeps picture and figures in step with the choice and the polygon. One question at a time; of those that wait the latest is asked. */
function follow(): () => void {
  const measureLatest = latestWins(async ({ geometry, choice }: { geometry: Polygonal; choice: LiveChoice }) => {
    const turn = opened;
    try {
      const figures = await askWorker({ kind: 'measure', geometry, choice });
      if (turn !== opened) return;
      batch(() => {
        liveFigures.value = polygonInHand.peek() === undefined ? null : figures;
        liveFault.value = null;
      });
    } catch (error) {
      if (turn !== opened) return;
      batch(() => {
        liveFigures.value = null;
        liveFault.value = faultOf(error);
      });
    }
  });
  const drawLatest = latestWins(async (choice: LiveChoice) => {
    const turn = opened;
    let picture: LivePicture | null = null;
    let fault: LiveFault | null = null;
    try {
      picture = await askWorker({ kind: 'draw', choice });
    } catch (error) {
      fault = faultOf(error);
    }
    if (turn !== opened) return;
    batch(() => {
      livePicture.value = picture;
      // A file that ends too soon is known by its picture before anything is measured.
      liveFault.value = fault;
    });
  });
  const ends = [
    effect(() => {
      if (liveChoice.value !== null) drawLatest(liveChoice.value);
    }),
    effect(() => {
      const [geometry, choice] = [polygonInHand.value, liveChoice.value];
      if (geometry !== undefined && choice !== null) measureLatest({ geometry, choice });
      else liveFigures.value = null;
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Runs one task at a time. What comes meanwhile waits, and a newer wish takes the place of an older one. */
function latestWins<T>(run: (wish: T) => Promise<void>): (wish: T) => void {
  let next: { readonly wish: T } | undefined;
  let isRunning = false;
  const work = async (): Promise<void> => {
    isRunning = true;
    while (next !== undefined) {
      const { wish } = next;
      next = undefined;
      await run(wish);
      await new Promise(resolve => setTimeout(resolve, REST_MS));
    }
    isRunning = false;
  };
  return wish => {
    next = { wish };
    if (!isRunning) void work();
  };
}
