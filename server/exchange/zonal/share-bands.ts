import type { BlockBands, TakeBand, TakenBand } from '../../../gis/zonal/summing/plan-blocks.ts';

/** Bands that two threads eat from both ends until they meet: each has one run of them, however fast the other is. */
export interface BandShare {
  readonly from: number;
  readonly to: number;
  readonly isFromEnd: boolean;
  /** How many halves of them are taken: in memory that both threads share. */
  readonly taken: Int32Array;
}

/** A share for each of some threads: stretches of about equal work, two threads to a stretch. */
export function shareBands(bands: BlockBands, threads: number): BandShare[] {
  const pairs = Math.ceil(threads / 2);
  // The work of a band levels off: every block is decoded once, however many zones lie in it.
  const work = Float64Array.from({ length: bands.count }, (_, band) => 1 - Math.exp(-bands.zonesOf(band).length / 20));
  const total = work.reduce((sum, value) => sum + value, 0);
  const shares: BandShare[] = [];
  let from = 0;
  let done = 0;
  let spent = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const mates = Math.min(2, threads - 2 * pair);
    done += mates;
    let to = from;
    while (to < bands.count && (done === threads || spent < (total * done) / threads)) {
      spent += work[to] as number;
      to += 1;
    }
    const taken = new Int32Array(new SharedArrayBuffer(4));
    for (let mate = 0; mate < mates; mate += 1) shares.push({ from, to, isFromEnd: mate === 1, taken });
    from = to;
  }
  return shares;
}

/** So many halves before the end they are taken one by one, so that both threads end at about the same time. */
const LAST_HALVES = 4;

/** Takes one band after the other as long as the two threads together have not taken all. */
export function takeFrom({ from, to, isFromEnd, taken }: BandShare): TakeBand {
  const halves = 2 * (to - from);
  let own = 0;
  const halfAt = (index: number): TakenBand => {
    const half = isFromEnd ? halves - 1 - index : index;
    return { band: from + (half >> 1), part: half % 2 === 0 ? 'first' : 'second' };
  };
  return () => {
    const wanted = halves - Atomics.load(taken, 0) > LAST_HALVES ? 2 : 1;
    const got = Math.min(wanted, halves - Atomics.add(taken, 0, wanted));
    if (got <= 0) return undefined;
    const first = halfAt(own);
    own += got;
    return got === 2 ? { band: first.band, part: 'whole' } : first;
  };
}
