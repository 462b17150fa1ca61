import { describe, expect, it } from 'vitest';
import { toSceneMeta } from './upload-form.tsx';

const values = {
  acquiredOn: '2022-07-14',
  sensor: ' Sentinel-2 ',
  scale: '0.0001',
  offset: '-0.1',
  processingBaseline: '',
  maskClasses: '3，8, 9 10',
  keepClasses: '',
};

describe('what an upload says about its files', () => {
  it('names bands of one file by number and leaves the mask classes out without a mask', () => {
    expect(toSceneMeta({ ...values, bands: { red: '1', nir: '2', blue: '' } }, 1, 4)).toEqual({
      acquiredOn: '2022-07-14',
      sensor: 'Sentinel-2',
      bands: { red: 1, nir: 2 },
      scale: 0.0001,
      offset: -0.1,
      mineId: 4,
    });
  });
  it('names bands of several files by file and number, the mask among them', () => {
    expect(
      toSceneMeta({ ...values, bands: { red: 'all.tif#3', nir: 'all.tif#4', mask: 'SCL.tif#1' } }, 3, null),
    ).toMatchObject({
      bands: { red: { file: 'all.tif', band: 3 }, nir: { file: 'all.tif', band: 4 } },
      mask: { file: 'SCL.tif', band: 1 },
      maskClasses: [3, 8, 9, 10],
    });
  });
  it('leaves the offset to the baseline where none is typed, and the classes to those that are kept', () => {
    const meta = toSceneMeta(
      {
        ...values,
        offset: ' ',
        processingBaseline: '05.09',
        keepClasses: '4，5',
        bands: { red: '1', nir: '2', mask: '3' },
      },
      1,
      null,
    );
    expect(meta).toMatchObject({ processingBaseline: '05.09', keepClasses: [4, 5] });
    expect(meta).not.toHaveProperty('offset');
    expect(meta).not.toHaveProperty('maskClasses');
  });
});
