import { describe, expect, it } from 'vitest';
import { parseSceneMetadata, resolveMetadata } from './resolve-metadata.ts';
import type { SceneMeaning } from './scene-model.ts';

const base = { acquiredOn: '2022-07-01', sensor: 'sentinel-2', bands: { red: 1, nir: 2 } };
const resolve = (metadata: Record<string, unknown>, files: readonly string[] = ['a.tif']): SceneMeaning =>
  resolveMetadata(parseSceneMetadata(JSON.stringify({ ...base, ...metadata })), files);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('the metadata of a scene', () => {
  it('reads a band as a number, a file name or both', () => {
    expect(resolve({}).bands).toEqual({ red: { file: 'a.tif', band: 1 }, nir: { file: 'a.tif', band: 2 } });
    const two = resolve({ bands: { red: 'a.tif', nir: { file: 'b.tif', band: 3 } } }, ['a.tif', 'b.tif']);
    expect(two.bands).toEqual({ red: { file: 'a.tif', band: 1 }, nir: { file: 'b.tif', band: 3 } });
  });

  it('takes the mask from its own field or from the band map', () => {
    expect(resolve({ mask: { band: 3 }, maskClasses: [9, 3, 3] })).toMatchObject({
      mask: { file: 'a.tif', band: 3 },
      maskClasses: [3, 9],
    });
    expect(resolve({ bands: { red: 1, nir: 2, scl: 3 }, keepClasses: [4, 5] })).toMatchObject({
      mask: { file: 'a.tif', band: 3 },
      keepClasses: [4, 5],
    });
  });

  it.each([
    [undefined, ['a.tif'], 'scene-metadata-missing'],
    ['{', ['a.tif'], 'scene-metadata-not-json'],
    [{ ...base, acquiredOn: '2022-02-30' }, ['a.tif'], 'scene-metadata-invalid'],
    [{ ...base, scale: 0 }, ['a.tif'], 'scene-metadata-invalid'],
    [{ ...base, surprise: 1 }, ['a.tif'], 'scene-metadata-invalid'],
    [{ ...base, bands: { red: 0, nir: 2 } }, ['a.tif'], 'scene-metadata-invalid'],
    [base, ['a.tif', 'b.tif'], 'scene-file-ambiguous'],
    [{ ...base, bands: { red: 'c.tif', nir: 2 } }, ['a.tif'], 'scene-file-unknown'],
    [{ ...base, bands: { nir: 2 } }, ['a.tif'], 'scene-bands-insufficient'],
    [{ ...base, maskClasses: [3] }, ['a.tif'], 'mask-missing'],
    [{ ...base, mask: 3 }, ['a.tif'], 'mask-classes-missing'],
    [{ ...base, acquiredOn: '9999-01-01' }, ['a.tif'], 'scene-in-future'],
    [{ ...base, mask: 3, maskClasses: [3], keepClasses: [4] }, ['a.tif'], 'mask-classes-both'],
  ])('refuses %j with %s', (metadata, files, code) => {
    const text = typeof metadata === 'string' || metadata === undefined ? metadata : JSON.stringify(metadata);
    expect(codeOf(() => resolveMetadata(parseSceneMetadata(text), files))).toBe(code);
  });

  it('takes a day that has begun somewhere on Earth, and a class band that is only listed', () => {
    const text = JSON.stringify({ ...base, acquiredOn: '2026-03-02' });
    const [begun, not] = [new Date('2026-03-01T10:00:00Z'), new Date('2026-03-01T09:59:59Z')];
    expect(parseSceneMetadata(text, begun).acquiredOn).toBe('2026-03-02');
    expect(codeOf(() => parseSceneMetadata(text, not))).toBe('scene-in-future');
    expect(resolve({ bands: { red: 1, nir: 2, scl: 3 } })).toMatchObject({ mask: { band: 3 }, maskClasses: [] });
  });

  it('says where each fault is', () => {
    try {
      parseSceneMetadata(JSON.stringify({ ...base, acquiredOn: '01.07.2022', scale: -1 }));
      expect.unreachable();
    } catch (error) {
      expect((error as { errors: { pointer: string }[] }).errors.map(fault => fault.pointer)).toEqual([
        '/acquiredOn',
        '/scale',
      ]);
    }
  });

  it('gives Sentinel-2 from baseline 04.00 on its offset unless one is given', () => {
    expect(resolve({ processingBaseline: '04.00' })).toMatchObject({ scale: 1e-4, offset: -0.1 });
    expect(resolve({ processingBaseline: 'N0509' })).toMatchObject({ scale: 1e-4, offset: -0.1 });
    expect(resolve({ processingBaseline: '03.01', scale: 1e-4 })).toMatchObject({ scale: 1e-4, offset: 0 });
    expect(resolve({ processingBaseline: '04.00', scale: 1e-4, offset: 0 })).toMatchObject({ offset: 0 });
    expect(resolve({})).toMatchObject({ scale: 1, offset: 0 });
  });
});
