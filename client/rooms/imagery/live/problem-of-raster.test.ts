// Every file that cannot be measured says why, in both languages, and in words rather than in codes.
import { afterEach, describe, expect, it } from 'vitest';
import { GisError } from '../../../../gis/errors.ts';
import { openGeoTiff } from '../../../../gis/raster/open-geotiff.ts';
import type { RasterGrid } from '../../../../gis/raster/raster-file.ts';
import { TAG } from '../../../../gis/raster/tiff/tags.ts';
import { writeGeoTiff } from '../../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../../../server/platform/raster/node-codecs.ts';
import { memorySource } from '../../../../test/helpers/raster.ts';
import { locale } from '../../../i18n/locale.ts';
import { problemOfRaster } from './problem-of-raster.ts';

const grid: RasterGrid = {
  width: 20,
  height: 20,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const pixels = { width: 20, height: 20, bands: [new Uint8Array(400)] };
const valid = await writeGeoTiff(pixels, { grid, sampleType: 'uint8', tileSize: 16 }, nodeDeflate);

/** The file with the first value of a tag changed. */
function withTag(tag: number, value: number): Uint8Array {
  const bytes = valid.slice();
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i += 1) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, true) === tag) view.setUint16(entry + 8, value, true);
  }
  return bytes;
}

async function faultOf(bytes: Uint8Array) {
  try {
    const { image } = await openGeoTiff(memorySource(bytes), {});
    await image.readBlock(0, 0, 1);
  } catch (error) {
    if (error instanceof GisError) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('it can be measured');
}

afterEach(() => {
  locale.value = 'zh-CN';
});

describe('a raster that cannot be measured', () => {
  const cases: readonly (readonly [string, Uint8Array, RegExp, RegExp])[] = [
    ['no TIFF', new TextEncoder().encode('no raster at all'), /^It is not a GeoTIFF\.$/, /^不是 GeoTIFF。$/],
    ['cut short', valid.slice(0, valid.length - 200), /ends before/, /中断/],
    ['another compression', withTag(TAG.compression, 34_712), /compression \(number 34712\)/, /编号 34712/],
    ['twelve bits', withTag(TAG.bitsPerSample, 12), /samples of 12 bits/, /12 位/],
    ['a predictor of its own', withTag(TAG.predictor, 34_893), /predictor \(34893\)/, /预测器（34893）/],
    ['luma and chroma without JPEG', withTag(TAG.photometric, 6), /colours are stored/, /颜色的存储方式/],
    ['a block of noise', withTag(TAG.compression, 50_000), /damaged/, /损坏/],
  ];
  it.each(cases)('%s', async (_, bytes, english, chinese) => {
    const fault = await faultOf(bytes);
    const inChinese = problemOfRaster(fault);
    expect(inChinese).toMatch(chinese);
    locale.value = 'en';
    const inEnglish = problemOfRaster(fault);
    expect(inEnglish).toMatch(english);
    expect(`${inChinese}${inEnglish}`).not.toMatch(/[{}]|undefined|raster-/);
  });
});
