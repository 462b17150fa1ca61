// Prints a verdict: the font alone takes longer than a request may hold the others up.
import { parentPort, workerData } from 'node:worker_threads';
import { drawVerdict, type VerdictSheet } from './draw-verdict.ts';

const { answer, digest, signature } = workerData as VerdictSheet;
parentPort?.postMessage({ kind: 'result', value: await drawVerdict(answer, digest, signature) });
