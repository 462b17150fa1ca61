// Samples of a raster under the pixel centres of a tile: nearest cell of the overview that fits the tile's scale.
import { parseCrs } from '../../../gis/crs/parse-crs.ts';
import { projectorFor } from '../../../gis/crs/projector.ts';
import type { BandBlock, RasterImage } from '../../../gis/raster/raster-file.ts';
import type { OpenedRaster } from '../rasters/open-scene.ts';
import {
  buildWarpMesh,
  interpolateRow,
  pixelSizeAtCentre,
  TILE_SIZE_PX,
  type TileAddress,
  type WarpMesh,
} from './warp-mesh.ts';

const PIXELS = TILE_SIZE_PX * TILE_SIZE_PX;
/** Cells may be this much larger than a tile pixel before the next finer level is taken. */
const COARSENESS = 1.2;
const BLOCKS_AT_ONCE = 8;

/** The tile in the system of a raster; NaN where that system has no coordinates. */
export function meshFor(tile: TileAddress, crs: string): WarpMesh {
  const projector = projectorFor(parseCrs(crs));
  return buildWarpMesh(tile, (lng, lat) => {
    try {
      return projector.forward([lng, lat]);
    } catch {
      // Far from its zone a projection may have no value; those pixels stay transparent.
      return [Number.NaN, Number.NaN];
    }
  });
}

/** The coarsest image whose cells are not much larger than a tile pixel. */
function chooseImage(images: readonly RasterImage[], pixelSize: number): RasterImage {
  const fitting = images.filter(({ grid }) => Math.min(grid.cellWidth, grid.cellHeight) <= pixelSize * COARSENESS);
  return (fitting.at(-1) ?? images[0]) as RasterImage;
}

/**
 * One array a band, 256 x 256 samples as stored; NaN outside the raster and where a sample is its no-data value. All NaN
 * without a read when tile and raster do not touch.
 */
export async function sampleBands(
  raster: OpenedRaster,
  bands: readonly number[],
  mesh: WarpMesh,
): Promise<Float64Array[]> {
  const image = chooseImage(raster.images, pixelSizeAtCentre(mesh));
  const { blockOf, cellOf, needed } = locatePixels(image, mesh);
  const out = bands.map(() => new Float64Array(PIXELS).fill(Number.NaN));
  const blockNumbers = [...needed];
  for (let from = 0; from < blockNumbers.length; from += BLOCKS_AT_ONCE) {
    await Promise.all(
      blockNumbers.slice(from, from + BLOCKS_AT_ONCE).map(async number => {
        const blockRow = Math.floor(number / image.blocksAcross);
        for (const [at, band] of bands.entries()) {
          const block = await image.readBlock(number % image.blocksAcross, blockRow, band);
          copySamples(block, image.blockWidth, number, blockOf, cellOf, raster.noData, out[at] as Float64Array);
        }
      }),
    );
  }
  return out;
}

interface Located {
  /** Number of the block under each pixel; -1 outside. */
  readonly blockOf: Int32Array;
  /** row * blockWidth + col within the block. */
  readonly cellOf: Int32Array;
  readonly needed: ReadonlySet<number>;
}

function locatePixels(image: RasterImage, mesh: WarpMesh): Located {
  const { grid, blockWidth, blockHeight, blocksAcross } = image;
  const blockOf = new Int32Array(PIXELS).fill(-1);
  const cellOf = new Int32Array(PIXELS);
  const needed = new Set<number>();
  const x = new Float64Array(TILE_SIZE_PX);
  const y = new Float64Array(TILE_SIZE_PX);
  let last = -1;
  for (let row = 0; row < TILE_SIZE_PX; row++) {
    interpolateRow(mesh, row, x, y);
    for (let col = 0; col < TILE_SIZE_PX; col++) {
      const cellCol = Math.floor(((x[col] as number) - grid.originX) / grid.cellWidth);
      const cellRow = Math.floor((grid.originY - (y[col] as number)) / grid.cellHeight);
      // Written so that NaN is outside.
      if (!(cellCol >= 0 && cellCol < grid.width && cellRow >= 0 && cellRow < grid.height)) continue;
      const blockCol = Math.floor(cellCol / blockWidth);
      const blockRow = Math.floor(cellRow / blockHeight);
      const number = blockRow * blocksAcross + blockCol;
      const at = row * TILE_SIZE_PX + col;
      blockOf[at] = number;
      cellOf[at] = (cellRow - blockRow * blockHeight) * blockWidth + (cellCol - blockCol * blockWidth);
      if (number !== last) needed.add(number);
      last = number;
    }
  }
  return { blockOf, cellOf, needed };
}

function copySamples(
  block: BandBlock,
  blockWidth: number,
  number: number,
  blockOf: Int32Array,
  cellOf: Int32Array,
  noData: number | undefined,
  out: Float64Array,
): void {
  for (let at = 0; at < PIXELS; at++) {
    if (blockOf[at] !== number) continue;
    const cell = cellOf[at] as number;
    const row = Math.floor(cell / blockWidth);
    const value = block.values[
      block.start + row * block.rowStride + (cell - row * blockWidth) * block.stride
    ] as number;
    if (value !== noData) out[at] = value;
  }
}
