import type { LiveBand, LiveChoice } from './messages.ts';

/** Names under which writers describe their bands: colours, and the numbers of Sentinel-2. */
const RED = /^(red|b0?4|band[ _]?0?4|r)$|\bred\b(?! ?edge)|红(?!边|外)/i;
const NIR = /^(nir|nir1|nir_?broad|b0?8|b8a|band[ _]?0?8)$|\bnir\b|near.?infra.?red|近红外/i;

/** Red and near infrared of files that describe nothing, by how many bands they have and who delivers such files. */
const BY_COUNT: Readonly<Record<number, readonly [red: number, nir: number]>> = {
  2: [1, 2],
  // Blue, green, red, near infrared: Planet, Gaofen, and Sentinel-2 at 10 m.
  4: [3, 4],
  5: [3, 5],
  // Landsat 8 and 9, from coastal blue to the second short-wave infrared.
  7: [4, 5],
  // SuperDove.
  8: [6, 8],
  // Sentinel-2 in the order of its numbers.
  10: [3, 7],
  11: [4, 8],
  12: [4, 8],
  13: [4, 8],
};

export interface BandGuess {
  readonly choice: LiveChoice;
  /** `described`: the file names its bands; `count`: by how many there are, worth a look; `single`: there is nothing to compute. */
  readonly from: 'described' | 'count' | 'single';
}

/** What to compute of a file before anybody has said so. */
export function chooseBands(bands: readonly LiveBand[]): BandGuess {
  const rest = { value: 1, scale: undefined, offset: undefined };
  const find = (pattern: RegExp): number | undefined =>
    bands.find(({ description }) => description !== undefined && pattern.test(description.trim()))?.number;
  const [red, nir] = [find(RED), find(NIR)];
  if (red !== undefined && nir !== undefined && red !== nir) {
    return { choice: { index: 'ndvi', red, nir, ...rest }, from: 'described' };
  }
  const known = BY_COUNT[bands.length];
  if (known === undefined) {
    const last = Math.min(2, bands.length);
    return { choice: { index: 'band', red: 1, nir: last, ...rest }, from: 'single' };
  }
  return { choice: { index: 'ndvi', red: known[0], nir: known[1], ...rest }, from: 'count' };
}
