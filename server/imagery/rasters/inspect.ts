// Everything that can be said about a scene from its headers. Runs in a thread: a hostile file may stall or exhaust it,
// and then only the thread ends.
import { boxOfGrid } from '../../../gis/raster/raster-grid.ts';
import type { Polygon } from '../../../gis/types.ts';
import { AppError } from '../../platform/errors.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';
import type { BandPlace } from '../scenes/scene-model.ts';
import { cellSizeOf, footprintOf, gridOutline, projectorOfGrid } from './footprint.ts';
import { openScene, type OpenedRaster, type OpenedScene, type SceneSource } from './open-scene.ts';
import { toRasterFault } from './raster-faults.ts';

export interface InspectedFile {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bandCount: number;
  readonly sampleType: string;
  readonly crs: string;
  readonly hasOverviews: boolean;
}

export interface InspectedScene {
  readonly files: readonly InspectedFile[];
  readonly footprint: Polygon;
  readonly crs: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly cellSizeM: number;
}

/** The file that stands for the scene: size, system and footprint are its. */
const leadingBand = (source: SceneSource): BandPlace => {
  const place = source.bands.red ?? Object.values(source.bands)[0];
  if (place === undefined) throw new AppError('scene-bands-insufficient', { bands: [] });
  return place;
};

/** Throws AppErrors `raster-…` and `mask-extent-mismatch`, each with the name of the file. */
export async function inspectScene(source: SceneSource): Promise<InspectedScene> {
  const scene = await openScene(source);
  try {
    const places = [...Object.values(source.bands), ...(source.mask === null ? [] : [source.mask])];
    for (const place of places) await checkBand(scene.raster(place.file), place);
    checkMask(source, scene);
    const lead = leadingBand(source).file;
    const { grid } = scene.raster(lead).file.image;
    const footprint = footprintOf(grid, lead);
    return {
      files: source.files.map(({ name }) => describe(scene.raster(name))),
      footprint,
      crs: grid.crs,
      widthPx: grid.width,
      heightPx: grid.height,
      cellSizeM: cellSizeOf(grid),
    };
  } finally {
    await scene.close();
  }
}

function describe({ name, file, images }: OpenedRaster): InspectedFile {
  return {
    name,
    widthPx: file.image.grid.width,
    heightPx: file.image.grid.height,
    bandCount: file.bands.length,
    sampleType: file.sampleType,
    crs: file.image.grid.crs,
    hasOverviews: images.length > 1,
  };
}

/** The band must be there, and the file must reach as far as its first and last block: a broken export ends early. */
async function checkBand({ name, file }: OpenedRaster, { band }: BandPlace): Promise<void> {
  const { image } = file;
  if (band > file.bands.length) {
    throw new AppError('raster-band-missing', { file: name, band, bandCount: file.bands.length });
  }
  if (image.grid.width > IMAGERY_LIMITS.sidePx || image.grid.height > IMAGERY_LIMITS.sidePx) {
    const { width: widthPx, height: heightPx } = image.grid;
    throw new AppError('raster-side-too-long', { file: name, widthPx, heightPx, limitPx: IMAGERY_LIMITS.sidePx });
  }
  try {
    await image.readBlock(0, 0, band, { rows: 1 });
    await image.readBlock(image.blocksAcross - 1, image.blocksDown - 1, band, { rows: 1 });
  } catch (cause) {
    throw toRasterFault(cause, name);
  }
}

/** Class masks may have a grid and even a system of their own, but no band may reach more than one mask cell beyond. */
function checkMask({ mask, bands }: SceneSource, scene: OpenedScene): void {
  if (mask === null) return;
  const maskGrid = scene.raster(mask.file).file.image.grid;
  const [west, south, east, north] = boxOfGrid(maskGrid);
  const toMask = projectorOfGrid(maskGrid);
  for (const { file } of Object.values(bands)) {
    const bandGrid = scene.raster(file).file.image.grid;
    const fromBand = projectorOfGrid(bandGrid);
    const isCovered = gridOutline(bandGrid).every(point => {
      const [x, y] = bandGrid.crs === maskGrid.crs ? point : toMask.forward(fromBand.inverse(point));
      return (
        x >= west - maskGrid.cellWidth &&
        x <= east + maskGrid.cellWidth &&
        y >= south - maskGrid.cellHeight &&
        y <= north + maskGrid.cellHeight
      );
    });
    if (isCovered) continue;
    throw new AppError('mask-extent-mismatch', {
      file: mask.file,
      maskExtent: boxOfGrid(maskGrid).join(' '),
      bandExtent: boxOfGrid(bandGrid).join(' '),
    });
  }
}
