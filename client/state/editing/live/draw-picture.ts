import type { RasterFile, RasterImage } from '../../../../gis/raster/raster-file.ts';
import { createBandReader } from '../../../../gis/zonal/block-inputs.ts';
import type { BandSource } from '../../../../gis/zonal/block-inputs.ts';
import { compileExpression } from '../../../../gis/zonal/expression.ts';
import type { LiveChoice, LivePicture } from './messages.ts';

const MAX_SIDE = 1024;
/** More cells than this are not read for a picture. */
const MAX_CELLS = 24e6;

/** From bare to green, -0.1 … 0.9. */
const RAMP: readonly (readonly [number, number, number])[] = [
  [120, 100, 88],
  [190, 160, 120],
  [226, 214, 152],
  [150, 190, 96],
  [62, 140, 62],
  [14, 84, 44],
];

/** A picture for orientation, from the coarsest image that is fine enough. Never a source of figures. Null where it would cost too much. */
export async function drawPicture(file: RasterFile, choice: LiveChoice): Promise<LivePicture | null> {
  const image = [file.image, ...file.overviews].findLast(({ grid }) => Math.max(grid.width, grid.height) >= 512);
  const { grid } = image ?? file.image;
  if (grid.width * grid.height > MAX_CELLS) return null;
  const values = await readValues({ ...file, image: image ?? file.image }, choice);
  const step = Math.max(1, Math.ceil(Math.max(grid.width, grid.height) / MAX_SIDE));
  const [width, height] = [Math.ceil(grid.width / step), Math.ceil(grid.height / step)];
  const [low, high] = choice.index === 'band' ? rangeOf(values) : [-0.1, 0.9];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    const value = values[Math.floor(i / width) * step * grid.width + (i % width) * step] as number;
    if (!Number.isFinite(value)) continue;
    pixels.set([...colourOf((value - low) / (high - low || 1)), 255], i * 4);
  }
  return { width, height, pixels };
}

function colourOf(share: number): readonly [number, number, number] {
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const [a, b] = [RAMP[Math.floor(at)], RAMP[Math.ceil(at)]] as [(typeof RAMP)[number], (typeof RAMP)[number]];
  const blend = (i: 0 | 1 | 2): number => a[i] + (b[i] - a[i]) * (at - Math.floor(at));
  return [blend(0), blend(1), blend(2)];
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

async function readValues(file: RasterFile, choice: LiveChoice): Promise<Float64Array> {
  const { image } = file;
  const { roles, kernel } = compileExpression(choice.index);
  const bandOf = { red: choice.red, nir: choice.nir, value: choice.value };
  const readers = roles.map(role => {
    const source: BandSource = {
      file,
      band: bandOf[role as keyof typeof bandOf],
      scale: choice.scale,
      offset: choice.offset,
    };
    return createBandReader(source, image);
  });
  const values = new Float64Array(image.grid.width * image.grid.height);
  const rows = readers.map(() => new Float64Array(image.blockWidth));
  const out = new Float64Array(image.blockWidth);
  for (let blockRow = 0; blockRow < image.blocksDown; blockRow += 1) {
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol += 1) {
      const window = windowOf(image, blockCol, blockRow);
      const bands = await Promise.all(readers.map(reader => reader.read(window)));
      for (let row = 0; row < window.height; row += 1) {
        for (const [i, band] of bands.entries()) band.load(row, 0, window.width, rows[i] as Float64Array);
        kernel(rows, out, 0, window.width);
        values.set(out.subarray(0, window.width), (window.row + row) * image.grid.width + window.col);
      }
    }
  }
  return values;
}

function windowOf({ grid, blockWidth, blockHeight }: RasterImage, blockCol: number, blockRow: number) {
  const [col, row] = [blockCol * blockWidth, blockRow * blockHeight];
  const [width, height] = [Math.min(blockWidth, grid.width - col), Math.min(blockHeight, grid.height - row)];
  return { blockCol, blockRow, col, row, width, height };
}
