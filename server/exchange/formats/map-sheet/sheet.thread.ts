// Draws a map sheet: a second of work that nobody else should wait for.
import { parentPort, workerData } from 'node:worker_threads';
import { drawSheet, type SheetTask } from './draw-sheet.ts';

await drawSheet(workerData as SheetTask);
parentPort?.postMessage({ kind: 'result', value: null });
