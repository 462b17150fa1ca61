import { AppError } from '../../errors.ts';

/** A MultiPolygon in a Feature nests six deep. Deeper by a thousand times, JSON can be parsed and not be written again. */
const MAX_DEPTH = 64;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
// `[` and `{`, `]` and `}` differ from each other by this bit.
const EITHER = 0x20;
const [OPENING, CLOSING] = [0x7b, 0x7d];

/**
 * Refuses JSON that nests deeper than anything we ask for, before it is parsed.
 * @throws AppError `body-too-deep` {limit}
 */
export function assertShallow(json: Uint8Array, limit: number = MAX_DEPTH): void {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = endOfText(json, at);
    else if ((byte | EITHER) === CLOSING) depth--;
    else if ((byte | EITHER) === OPENING && ++depth > limit) throw new AppError('body-too-deep', { limit });
  }
}

/** Where the text that begins at a quotation mark ends: at the next one without an odd number of backslashes before it. */
function endOfText(json: Uint8Array, start: number): number {
  for (let at = json.indexOf(QUOTE, start + 1); at >= 0; at = json.indexOf(QUOTE, at + 1)) {
    let before = at;
    while (json[before - 1] === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at;
  }
  return json.length;
}
