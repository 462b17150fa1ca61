import { fromOffset, isShifted, type OffsetDatum } from '../../../../gis/crs/china-offset.ts';
import type { Box, Position } from '../../../../gis/types.ts';
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
 * after taking an offset off, they probably must; where nothing tells, the user is asked which map they were drawn on. Where
 * the formulas shift nothing, GCJ-02 is neither said nor asked for.
 */
export function findOffset(
  positions: readonly Position[],
  declared: OffsetDatum | undefined,
  ground: Ground,
): Finding | undefined {
  const isAbroad = !positions.some(isShifted);
  // Where nothing is shifted there is nothing to take off, whatever the file says.
  if (declared === 'BD-09' || (declared !== undefined && !isAbroad)) {
    const params = { datum: declared };
    return { code: 'offset-declared', severity: 'error', params, fix: convert(declared), choices: [keep] };
  }
  const share = (move: (position: Position) => Position): number =>
    positions.filter(position => isOn(ground, move(position))).length / Math.max(1, positions.length);
  const question: Finding = { code: 'offset-unknown', severity: 'info', choices: [keep, ...OFFSETS.map(convert)] };
  const unknown = isAbroad ? undefined : question;
  if (!ground.isKnown) return unknown;
  const plain = share(position => position);
  if (plain >= WELL_INSIDE) return undefined;
  const [best, ...others] = OFFSETS.map(datum => ({
    datum,
    share: share(position => fromOffset(position, datum)),
  })).toSorted((a, b) => b.share - a.share);
  if (best !== undefined && best.share >= CONVINCING && best.share >= plain + BETTER_BY) {
    const percent = (value: number): number => Math.round(value * 100);
    const params = { datum: best.datum, plain: percent(plain), shifted: percent(best.share) };
    // Another vendor's offset may lead onto the licence as well: which map it was, a person knows.
    const also = others.filter(other => other.share >= CONVINCING).map(({ datum }) => convert(datum));
    return { code: 'offset-suspected', severity: 'error', params, fix: convert(best.datum), choices: [...also, keep] };
  }
  return unknown;
}

/** Degrees: some metres, of 50 and more that an offset has. Whoever traced the boundary itself hits it from either side. */
const BESIDE_DEG = 5e-5;

function isOn(ground: Ground, position: Position): boolean {
  if (ground.isInside(position)) return true;
  const [lng, lat] = position;
  const box: Box = [lng - BESIDE_DEG, lat - BESIDE_DEG, lng + BESIDE_DEG, lat + BESIDE_DEG];
  return ground.borderIn(box).some(([ax = 0, ay = 0, bx = 0, by = 0]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const length2 = dx * dx + dy * dy;
    const at = length2 > 0 ? Math.min(1, Math.max(0, ((lng - ax) * dx + (lat - ay) * dy) / length2)) : 0;
    return Math.hypot(ax + at * dx - lng, ay + at * dy - lat) <= BESIDE_DEG;
  });
}
