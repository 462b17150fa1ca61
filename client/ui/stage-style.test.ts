import { describe, expect, it } from 'vitest';
import { STAGES } from '../api/shapes/codes.ts';
import { STAGE_STYLE } from './stage-style.ts';

type Rgb = readonly [number, number, number];
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map(at => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb;

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const SIGHT = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function labOf([r, g, b]: Rgb): Rgb {
  const f = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const seen = (hex: string, m: readonly number[]): Rgb => {
  const rgb = rgbOf(hex);
  return labOf(
    [0, 3, 6].map(
      row => (m[row] ?? 0) * rgb[0] + (m[row + 1] ?? 0) * rgb[1] + (m[row + 2] ?? 0) * rgb[2],
    ) as unknown as Rgb,
  );
};

describe('the palette of stages', () => {
  const LEAST_DIFFERENCE = 9;
  it.each(Object.entries(SIGHT))('keeps stages apart without help of a pattern: %s', (_name, matrix) => {
    const close: string[] = [];
    for (const [at, a] of STAGES.entries()) {
      for (const b of STAGES.slice(at + 1)) {
        if (STAGE_STYLE[a].pattern !== STAGE_STYLE[b].pattern) continue;
        const [one, other] = [seen(STAGE_STYLE[a].fill, matrix), seen(STAGE_STYLE[b].fill, matrix)];
        const difference = Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
        if (difference < LEAST_DIFFERENCE) close.push(`${a} ${b} ${difference.toFixed(1)}`);
      }
    }
    expect(close).toEqual([]);
  });

  it('darkens as reclaimed land goes on, so that it reads in grey', () => {
    const lightness = (['EST', 'CMP', 'CRT'] as const).map(stage => seen(STAGE_STYLE[stage].fill, SIGHT.all)[0]);
    expect(lightness).toEqual([...lightness].sort((a, b) => b - a));
  });

  it('gives a pattern to due land, temporary cover and approved other use', () => {
    expect(STAGES.filter(stage => STAGE_STYLE[stage].pattern !== undefined)).toEqual(['RDY', 'TMP', 'EXM']);
  });
});
