import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, readNumber } from './parse-number.ts';

function read(text: string): { value: number; end: number } | undefined {
  const out = Float64Array.of(NaN);
  const bytes = Buffer.from(`${text},`);
  const end = readNumber(numberText(bytes), 0, bytes.length, out, 0);
  return end < 0 ? undefined : { value: out[0] as number, end };
}

describe('a number of a JSON text', () => {
  it('is the double that JSON.parse makes of it, to the last bit', () => {
    const text = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
      fc.double({ min: -2e7, max: 2e7, noNaN: true }).map(value => JSON.stringify(value)),
      fc
        .tuple(fc.double({ min: -1e8, max: 1e8, noNaN: true }), fc.nat(20))
        .map(([value, decimals]) => value.toFixed(decimals)),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 10n ** 21n }), fc.integer({ min: 0, max: 24 }), fc.boolean())
        .map(([digits, decimals, isNegative]) => {
          const padded = String(digits).padStart(decimals + 1, '0');
          const cut = padded.length - decimals;
          return `${isNegative ? '-' : ''}${padded.slice(0, cut)}${decimals > 0 ? `.${padded.slice(cut)}` : ''}`;
        }),
    );
    fc.assert(
      fc.property(text, number => {
        expect(read(number)).toEqual({ value: JSON.parse(number) as number, end: number.length });
      }),
      { numRuns: 20_000 },
    );
  });

  it('rounds to even where digits lie in the middle of two doubles or just beside it', () => {
    for (const whole of [9007199254740993n, 4503599627370497n * 2n + 1n, 1152921504606847105n - 1n]) {
      for (const near of [whole - 1n, whole, whole + 1n]) {
        for (const text of [String(near), `${near}.0`, `${String(near).slice(0, 6)}.${String(near).slice(6)}`]) {
          expect(read(text)?.value).toBe(JSON.parse(text));
        }
      }
    }
  });

  it('is none where JSON has none', () => {
    for (const text of [
      '',
      '-',
      '.5',
      '1.',
      '1234.',
      '12345678.',
      '-01.5',
      '0123',
      '00',
      '01',
      '+1',
      'NaN',
      '1e',
      '--1',
      '1.e5',
    ])
      expect(read(text)).toBeUndefined();
  });
});
