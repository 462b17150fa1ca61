import { answer, type DeskQuestion } from './desk-work.ts';
import { pack, unpack } from './parcel.ts';

/** The same pure functions beside the page, for drawings so large that a hand would feel them. */
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const { content, transfer } = pack(answer(unpack(data) as DeskQuestion));
  postMessage(content, { transfer });
});
