/** Deviation of a chord from its arc, in units of the drawing (metres). */
const SAGITTA = 0.01;
const MAX_STEPS = 720;

/** Vertices `x, y, bulge, …` as `x, y, …` with arcs made of chords that stay within a centimetre of them. */
export function flattenOutline(vertices: readonly number[], isClosed: boolean): number[] {
  const pairs: number[] = [];
  const count = vertices.length / 3;
  for (let i = 0; i < count; i++) {
    const [x1 = 0, y1 = 0, bulge = 0] = vertices.slice(3 * i, 3 * i + 3);
    pairs.push(x1, y1);
    if (bulge === 0 || (i === count - 1 && !isClosed)) continue;
    const next = 3 * ((i + 1) % count);
    addArc(pairs, [x1, y1], [vertices[next] as number, vertices[next + 1] as number], bulge);
  }
  return pairs;
}

/** A bulge is the tangent of a quarter of the angle that the arc spans; positive turns left. */
function addArc(pairs: number[], [x1, y1]: [number, number], [x2, y2]: [number, number], bulge: number): void {
  const angle = 4 * Math.atan(bulge);
  const chord = Math.hypot(x2 - x1, y2 - y1);
  if (chord === 0 || !Number.isFinite(angle)) return;
  const radius = chord / (2 * Math.sin(Math.abs(angle) / 2));
  const apothem = radius * Math.cos(angle / 2) * Math.sign(bulge);
  const cx = (x1 + x2) / 2 - (apothem * (y2 - y1)) / chord;
  const cy = (y1 + y2) / 2 + (apothem * (x2 - x1)) / chord;
  const start = Math.atan2(y1 - cy, x1 - cx);
  const step = 2 * Math.acos(Math.max(0, 1 - SAGITTA / Math.max(radius, SAGITTA)));
  const steps = Math.min(MAX_STEPS, Math.max(2, Math.ceil(Math.abs(angle) / step)));
  for (let i = 1; i < steps; i++) {
    const at = start + (angle * i) / steps;
    pairs.push(cx + radius * Math.cos(at), cy + radius * Math.sin(at));
  }
}

/** A circle, closed, as chords within a centimetre of it. */
export function flattenCircle(x: number, y: number, radius: number): number[] {
  return flattenOutline([x - radius, y, 1, x + radius, y, 1], true);
}
