/** Thread: makes the sample sites, seconds of reckoning that must not keep a starting server from answering. */
import { parentPort } from 'node:worker_threads';
import { generateSamples } from './generate.ts';

parentPort?.postMessage({ kind: 'result', value: generateSamples().map(({ site }) => site) });
