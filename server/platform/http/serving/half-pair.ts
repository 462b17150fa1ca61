/** Whether JSON holds half of a surrogate pair, which no database keeps. Written again, pairs stand as themselves and only halves are still escaped. */
export function hasHalfPair(json: string): boolean {
  if (!/\\u[dD]/.test(json)) return false;
  try {
    return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(JSON.parse(json)));
  } catch {
    // Not JSON, or too deep to write: the parser says so itself.
    return false;
  }
}
