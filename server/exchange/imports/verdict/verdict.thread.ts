// Prints a verdict: the font alone takes longer than a request may hold the others up.
import { parentPort, workerData } from 'node:worker_threads';
import { drawVerdict, type VerdictSheet } from './draw-verdict.ts';

parentPort?.postMessage({ kind: 'result', value: await drawVerdict(workerData as VerdictSheet) });
