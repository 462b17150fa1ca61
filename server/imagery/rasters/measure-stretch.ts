// Range of reflectances that true colour is drawn with: one for red, green and blue together, so that hues stay as they
// are, from the 2nd to the 98th percentile of a coarse copy of the whole scene, so that neighbouring tiles match.
import type { BandName } from '../scenes/scene.contract.ts';
import type { Stretch } from '../scenes/scene-model.ts';
import type { RasterImage } from '../../../gis/raster/raster-file.ts';
import type { OpenedRaster, OpenedScene, SceneSource } from './open-scene.ts';

const COLOURS = ['red', 'green', 'blue'] as const satisfies readonly BandName[];
const LOW = 0.02;
const HIGH = 0.98;
/** Rows and columns looked at where even the coarsest copy is large. */
const MAX_SIDE = 1024;

/** null where a colour is missing or nothing has data. */
export async function measureStretch(scene: OpenedScene, source: SceneSource): Promise<Stretch | null> {
  const ranges: Stretch[] = [];
  for (const colour of COLOURS) {
    const place = source.bands[colour];
    if (place === undefined) return null;
    const samples = await collectSamples(scene.raster(place.file), place.band);
    if (samples.length === 0) return null;
    samples.sort();
    const at = (fraction: number): number =>
      (samples[Math.round(fraction * (samples.length - 1))] as number) * source.scale + source.offset;
    ranges.push({ low: at(LOW), high: at(HIGH) });
  }
  const low = Math.min(...ranges.map(range => range.low));
  const high = Math.max(...ranges.map(range => range.high));
  return high > low ? { low, high } : { low, high: low + 1 };
}

async function collectSamples(raster: OpenedRaster, band: number): Promise<Float64Array> {
  const image = raster.images.at(-1) as RasterImage;
  const { width, height } = image.grid;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / MAX_SIDE));
  const samples: number[] = [];
  for (let blockRow = 0; blockRow < image.blocksDown; blockRow++) {
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol++) {
      const block = await image.readBlock(blockCol, blockRow, band);
      for (let row = 0; row < block.height; row += step) {
        for (let col = 0; col < block.width; col += step) {
          const value = block.values[block.start + row * block.rowStride + col * block.stride] as number;
          const isEmpty = Number.isNaN(value) || value === raster.noData || (raster.zeroIsNoData && value === 0);
          if (!isEmpty) samples.push(value);
        }
      }
    }
  }
  return Float64Array.from(samples);
}
