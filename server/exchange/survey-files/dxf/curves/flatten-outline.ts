const MAX_STEPS = 720;

/** Vertices `x, y, bulge, …` as `x, y, …` with arcs made of chords that stay within `sagitta` of them, in units of the drawing. */
export function flattenOutline(vertices: readonly number[], isClosed: boolean, sagitta: number): number[] {
  const pairs: number[] = [];
  const count = vertices.length / 3;
  for (let i = 0; i < count; i++) {
    const [x1, y1, bulge] = [vertices[3 * i] as number, vertices[3 * i + 1] as number, vertices[3 * i + 2] as number];
    pairs.push(x1, y1);
    if (bulge === 0 || (i === count - 1 && !isClosed)) continue;
    const next = 3 * ((i + 1) % count);
    addArc(pairs, [x1, y1], [vertices[next] as number, vertices[next + 1] as number], bulge, sagitta);
  }
  return pairs;
}

/** A bulge is the tangent of a quarter of the angle that the arc spans; positive turns left. */
function addArc(
  pairs: number[],
  [x1, y1]: [number, number],
  [x2, y2]: [number, number],
  bulge: number,
  sagitta: number,
): void {
  const angle = 4 * Math.atan(bulge);
  const chord = Math.hypot(x2 - x1, y2 - y1);
  if (chord === 0 || !Number.isFinite(angle)) return;
  const radius = chord / (2 * Math.sin(Math.abs(angle) / 2));
  const apothem = radius * Math.cos(angle / 2) * Math.sign(bulge);
  const cx = (x1 + x2) / 2 - (apothem * (y2 - y1)) / chord;
  const cy = (y1 + y2) / 2 + (apothem * (x2 - x1)) / chord;
  const start = Math.atan2(y1 - cy, x1 - cx);
  const step = 2 * Math.acos(Math.max(0, 1 - sagitta / Math.max(radius, sagitta)));
  const steps = Math.min(MAX_STEPS, Math.max(2, Math.ceil(Math.abs(angle) / step)));
  for (let i = 1; i < steps; i++) {
    const at = start + (angle * i) / steps;
    pairs.push(cx + radius * Math.cos(at), cy + radius * Math.sin(at));
  }
}
