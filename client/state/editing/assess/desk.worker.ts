import { answer, type DeskQuestion } from './desk-work.ts';

/** The same pure functions beside the page, for drawings so large that a hand would feel them. */
addEventListener('message', ({ data }: MessageEvent<DeskQuestion>) => {
  postMessage(answer(data));
});
