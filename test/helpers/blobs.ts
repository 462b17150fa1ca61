/** A generator of uniform numbers in [0, 1) that always gives the same ones for a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A valid, irregular polygon around a place, with a hole when it is asked for. Radius in degrees of latitude. */
export function blob(random: () => number, lng: number, lat: number, radiusDeg: number, hasHole = false) {
  const ring = (radius: number, count: number, turn: 1 | -1): [number, number][] => {
    const positions = Array.from({ length: count }, (_, i): [number, number] => {
      const angle = (turn * 2 * Math.PI * i) / count;
      const r = radius * (0.6 + 0.4 * random());
      return [lng + r * Math.cos(angle), lat + r * Math.sin(angle)];
    });
    return [...positions, positions[0] as [number, number]];
  };
  const shell = ring(radiusDeg, 40, 1);
  return { type: 'Polygon' as const, coordinates: hasHole ? [shell, ring(radiusDeg * 0.4, 15, -1)] : [shell] };
}
