import { GisError } from '../../../../gis/errors.ts';
import { UnusableFile } from '../../zone-readers/zone-file.ts';
import { joinShapes } from './join-shapes.ts';
import type { ShapeRun } from './join-shapes.ts';
import { readShare } from './read-share.ts';
import type { ReadShare, SharedReading } from './read-share.ts';
import type { SharedShapes } from './shape-store.ts';

/** Zones of a file as they lie on a grid, in its order. */
export interface ShapedZones {
  readonly ids: readonly (string | number)[];
  readonly shapes: SharedShapes;
  readonly hasField: boolean;
}

/** Another thread that may take its share of the reading. */
export type ReadsZones = (reading: SharedReading) => Promise<ReadShare>;

/**
 * Reads a file in this thread and others. Threads take stretches as they are ready for them: one that is still starting when all are taken is not
 * waited for. Throws UnusableFile or GisError for the first fault of the file.
 */
export async function readTogether(
  reading: Omit<SharedReading, 'taken'>,
  others: readonly ReadsZones[],
): Promise<ShapedZones> {
  const shared = { ...reading, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const coming = new Set(others.map(read => read(shared)));
  // Heard where it is waited for, if it is.
  for (const share of coming) share.catch(() => undefined);
  const shares = [readShare(shared)];
  for (let runs = runsInOrder(shares, reading); ; runs = runsInOrder(shares, reading)) {
    if (runs !== undefined) return join(shares, runs);
    const arrived = await Promise.race([...coming].map(share => share.then(read => ({ share, read }))));
    coming.delete(arrived.share);
    shares.push(arrived.read);
  }
}

/** The zones of all stretches in their order; undefined while some are still being read. */
function runsInOrder(shares: readonly ReadShare[], { path, stretches }: Pick<SharedReading, 'path' | 'stretches'>) {
  const runs = new Map<number, ShapeRun>();
  for (const [store, { parts }] of shares.entries()) {
    for (const [i, { stretch, end }] of parts.entries())
      runs.set(stretch, { store, from: parts[i - 1]?.end ?? 0, to: end });
  }
  for (let stretch = 0; stretch < stretches.length; stretch += 1) {
    if (runs.has(stretch)) continue;
    const fault = shares.find(share => share.fault?.stretch === stretch)?.fault;
    if (fault === undefined) return undefined;
    throw 'text' in fault ? new UnusableFile(path, fault.text) : new GisError(fault.code, fault.params);
  }
  return stretches.map((_, stretch) => runs.get(stretch) as ShapeRun);
}

function join(shares: readonly ReadShare[], runs: readonly ShapeRun[]): ShapedZones {
  const stores = shares.map(({ shapes }) => shapes);
  return {
    ids: runs.flatMap(({ store, from, to }) => shares[store]?.ids.slice(from, to) ?? []),
    shapes: joinShapes(stores, runs),
    hasField: shares.some(({ hasField }) => hasField),
  };
}
