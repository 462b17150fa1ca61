/** 3 or 7 parameters of a shift between datums as people type or paste them; undefined where they are neither. */
export function readParameters(text: string): number[] | undefined {
  const parts = text
    .normalize('NFKC')
    .replaceAll('\u2212', '-')
    .split(/[\s,;、]+/)
    .filter(part => part !== '');
  const numbers = parts.map(Number);
  return (numbers.length === 3 || numbers.length === 7) && numbers.every(Number.isFinite) ? numbers : undefined;
}
