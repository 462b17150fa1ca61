/** On the screen, in CSS pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface ScreenBox extends ScreenPoint {
  readonly w: number;
  readonly h: number;
}

export type Side = 'right' | 'left' | 'below' | 'above';

const DIAMETER = 44;
const ROUNDS = 24;

/**
 * Rings that would cover each other are pushed apart until each can be hit; the others stay where they are. Returns the
 * shift of each, in the order given.
 */
export function spreadApart(points: readonly ScreenPoint[], leastDistance: number = DIAMETER + 2): ScreenPoint[] {
  const moved = points.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROUNDS; round++) {
    let isSettled = true;
    for (const [i, a] of moved.entries()) {
      for (const b of moved.slice(i + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= leastDistance) continue;
        isSettled = false;
        // Two mines on one spot part sideways.
        const [ux, uy] = distance < 0.01 ? [1, 0] : [dx / distance, dy / distance];
        const half = (leastDistance - distance) / 2 + 0.1;
        a.x -= ux * half;
        a.y -= uy * half;
        b.x += ux * half;
        b.y += uy * half;
      }
    }
    if (isSettled) break;
  }
  return moved.map((point, index) => ({ x: point.x - (points[index]?.x ?? 0), y: point.y - (points[index]?.y ?? 0) }));
}

/**
 * On which side of its ring each name fits, inside the frame and without touching a ring, an earlier name or anything of
 * `covered`, which lies over the map; undefined where it fits nowhere.
 */
export function placeNames(
  marks: readonly (ScreenPoint & { readonly nameWidth: number })[],
  frame: { readonly width: number; readonly height: number },
  covered: readonly ScreenBox[] = [],
): (Side | undefined)[] {
  const r = DIAMETER / 2;
  const taken: ScreenBox[] = marks.map(({ x, y }) => ({ x: x - r, y: y - r, w: DIAMETER, h: DIAMETER }));
  return marks.map(({ x, y, nameWidth: w }, index) => {
    const places: readonly (readonly [Side, ScreenBox])[] = [
      ['right', { x: x + r + 2, y: y - 11, w, h: 22 }],
      ['left', { x: x - r - 2 - w, y: y - 11, w, h: 22 }],
      ['below', { x: x - w / 2, y: y + r, w, h: 22 }],
      ['above', { x: x - w / 2, y: y - r - 22, w, h: 22 }],
    ];
    const isInFrame = (box: ScreenBox): boolean =>
      box.x >= 0 && box.y >= 0 && box.x + box.w <= frame.width && box.y + box.h <= frame.height;
    const place = places.find(
      ([, box]) =>
        isInFrame(box) &&
        !covered.some(other => overlaps(box, other)) &&
        taken.every((other, at) => at === index || !overlaps(box, other)),
    );
    if (place !== undefined) taken.push(place[1]);
    return place?.[0];
  });
}

const overlaps = (a: ScreenBox, b: ScreenBox): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
