import type { Band, BandEvent } from './work-spec.ts';

/** How a lane is taken, shaped, planted and accepted, band after band, a year or two apart. */
export interface ProgressiveOptions {
  /** Year in which the first band is planted. */
  readonly firstPlanted: number;
  readonly bands: number;
  /** Years from one band to the next; 1 unless said otherwise. */
  readonly stepYears?: number | undefined;
  /** Share of each band compared with the one before. */
  readonly decay: number;
  /** Share of the first band as a multiple of what the decay alone would give. */
  readonly head?: number | undefined;
  /** Years from taking the land to planting it. */
  readonly workingYears: number;
  /** Years from planting to acceptance. */
  readonly tendingYears: number;
  /** Bands accepted up to this year are certified four years later. */
  readonly certifiedUntil?: number | undefined;
  /** Moves the days within the months, so that no two lanes write on one day. */
  readonly day: number;
  /** Acceptances later than this year are left out (another rule decides them). */
  readonly acceptedUntil?: number | undefined;
  /** Index of a band whose planting did not take although it was accepted. */
  readonly hollow?: number | undefined;
}

/** Land taken up to this year is one inventory; later bands are events of their own. */
const INVENTORY_YEAR = 2015;
/** From this planting year on the earthworks are on record as well. */
const DETAILED_YEAR = 2018;
const LAST_DAY = '2023-06-30';

export function progressiveLane(options: ProgressiveOptions): Band[] {
  const raw = Array.from(
    { length: options.bands },
    (_, index) => options.decay ** index * (index === 0 ? (options.head ?? 1) : 1),
  );
  const total = raw.reduce((sum, share) => sum + share, 0);
  return raw.map((share, index) => bandOf(options, index, share / total));
}

function bandOf(options: ProgressiveOptions, index: number, share: number): Band {
  const planted = options.firstPlanted + index * (options.stepYears ?? 1);
  const accepted = planted + options.tendingYears;
  const taken = planted - options.workingYears;
  const holds = index === options.hollow ? false : undefined;
  const events: BandEvent[] = [];
  const add = (stage: BandEvent['stage'], year: number, month: number, grade: BandEvent['grade']): void => {
    const on = dayOf(year, month, options.day + ((index * 3) % 7));
    if (on <= LAST_DAY) events.push({ stage, on, grade, holds });
  };
  if (planted >= DETAILED_YEAR - 1 && index % 2 === 1) add('RDY', planted - 2, 4, 'E1');
  if (planted >= DETAILED_YEAR) {
    if (index % 3 !== 2) add('LFM', planted - 1, 5, 'E1');
    if (index % 3 === 1) add('SOI', planted - 1, 10, 'E1');
    else if (index % 4 === 2) add('TMP', planted - 1, 9, 'E2');
  }
  add('EST', planted, index % 3 === 0 ? 4 : 5, planted < 2016 ? 'E1' : 'E3');
  if (accepted <= (options.acceptedUntil ?? 9999)) {
    add('CMP', accepted, 10 + (index % 2), 'E4');
    if (accepted <= (options.certifiedUntil ?? 0)) add('CRT', accepted + 4, 8, 'E5');
  }
  if (taken <= INVENTORY_YEAR) return { share, events };
  const clearedOn = index % 2 === 0 ? dayOf(taken, 2, options.day) : undefined;
  return { share, disturbed: { clearedOn, on: dayOf(taken, 3, options.day + 2) }, events };
}

function dayOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
