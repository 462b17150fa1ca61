import { SHAPING, type ShapingKind, type ShapingQuestions } from './shaping-work.ts';

interface Asked<K extends ShapingKind> {
  readonly kind: K;
  readonly question: ShapingQuestions[K];
}

const answer = <K extends ShapingKind>({ kind, question }: Asked<K>): unknown => SHAPING[kind](question);

/** One question, one answer; whoever asked lets the worker go. */
addEventListener('message', ({ data }: MessageEvent<Asked<ShapingKind>>) => postMessage(answer(data)));
