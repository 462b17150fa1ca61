/**
 * Random numbers that are the same on every machine: 32-bit integer arithmetic only, no clock, no `Math.random`, and no
 * transcendental function whose last digit an engine may choose.
 */

/** A number in [0, 1) that belongs to a lattice point: the heights that value noise interpolates. */
export function latticeValue(column: number, row: number, seed: number): number {
  let mixed = Math.imul(column | 0, 0x27d4eb2f) ^ Math.imul(row | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
}

/** A 32-bit seed out of a text (FNV-1a): every site and every field of a site gets numbers of its own. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
