import { fromOffset, type OffsetDatum } from '../../../../gis/crs/china-offset.ts';
import type { Position } from '../../../../gis/types.ts';
import type { Ground } from '../ground.ts';
import type { Finding, Fix } from '../finding.ts';

const OFFSETS: readonly OffsetDatum[] = ['GCJ-02', 'BD-09'];
/** Shares of corners inside the licence: how many must be outside to wonder, and how many inside after the shift to be sure. */
const WELL_INSIDE = 0.98;
const BETTER_BY = 0.1;
const CONVINCING = 0.9;

const convert = (datum: OffsetDatum): Fix => ({ code: 'convert-offset', params: { datum }, fixes: { offset: datum } });
const keep: Fix = { code: 'no-offset', fixes: { offset: 'none' } };

/**
 * Whether degrees carry the offset of a Chinese web map. Said by the file, they must be converted; where the licence is met only
 * after taking an offset off, they probably must; where nothing tells, the user is asked which map they were drawn on.
 */
export function findOffset(
  positions: readonly Position[],
  declared: OffsetDatum | undefined,
  ground: Ground,
): Finding | undefined {
  if (declared !== undefined) {
    const params = { datum: declared };
    return { code: 'offset-declared', severity: 'error', params, fix: convert(declared), choices: [keep] };
  }
  const share = (move: (position: Position) => Position): number =>
    positions.filter(position => ground.isInside(move(position))).length / Math.max(1, positions.length);
  if (!ground.isKnown) return { code: 'offset-unknown', severity: 'info', choices: [keep, ...OFFSETS.map(convert)] };
  const plain = share(position => position);
  if (plain >= WELL_INSIDE) return undefined;
  const [best] = OFFSETS.map(datum => ({ datum, share: share(position => fromOffset(position, datum)) })).toSorted(
    (a, b) => b.share - a.share,
  );
  if (best !== undefined && best.share >= CONVINCING && best.share >= plain + BETTER_BY) {
    const percent = (value: number): number => Math.round(value * 100);
    const params = { datum: best.datum, plain: percent(plain), shifted: percent(best.share) };
    return { code: 'offset-suspected', severity: 'error', params, fix: convert(best.datum), choices: [keep] };
  }
  return { code: 'offset-unknown', severity: 'info', choices: [keep, ...OFFSETS.map(convert)] };
}
