import { effect, signal } from '@preact/signals';
import type { IsoDate } from '../../gis/types.ts';
import { getSettings } from '../api/session.ts';
import { toProblem } from '../api/problem.ts';
import { mapBehind } from '../state/view.ts';
import { settledAsAt } from '../state/time.ts';

/** The date of the land on the map: the chosen one, once the server answers; the one before as long as it is away. */
export const mapAsAt = signal<IsoDate>(settledAsAt.value);

const AGAIN_AFTER_MS = 3000;
/** No answer, or that of something in front of a server that is gone. */
const IS_AWAY: ReadonlySet<string> = new Set(['network', 'not-json']);

/**
 * Lets the map follow the date. Tiles of another date take the place of those that are shown, so they are asked for
 * only when somebody is there to answer: an empty map would look like land without a history.
 */
export function followDate(): () => void {
  mapAsAt.value = settledAsAt.peek();
  return effect(() => {
    const date = settledAsAt.value;
    if (date === mapAsAt.peek()) {
      mapBehind.value = null;
      return undefined;
    }
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (isAway: boolean): void => {
      if (isOver) return;
      mapBehind.value = isAway ? mapAsAt.peek() : null;
      if (isAway) timer = setTimeout(ask, AGAIN_AFTER_MS);
      else mapAsAt.value = date;
    };
    const ask = (): void =>
      void getSettings().then(
        () => follow(false),
        (error: unknown) => follow(IS_AWAY.has(toProblem(error).code)),
      );
    ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  });
}
