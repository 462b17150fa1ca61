// Which band of which file an index reads, all on one grid. Made once for a scene and shared by its indices.
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import type { RasterGrid, RasterImage } from '../../../gis/raster/raster-file.ts';
import type { BandSource } from '../../../gis/zonal/block-inputs.ts';
import { AppError } from '../../platform/errors.ts';
import { getIndex, type IndexCode } from '../indices.ts';
import { cellSizeOf } from '../rasters/footprint.ts';
import type { OpenedRaster, OpenedScene, SceneSource } from '../rasters/open-scene.ts';
import type { BandName } from '../scenes/scene.contract.ts';
import { alignBand } from './align-band.ts';
import { blankImpossible, blankZeros, type FileBand } from './blank-cells.ts';

/** Resampled blocks kept for the indices that share a band. */
const ALIGNED_BYTES = 8 << 20;

export type IndexBands = Partial<Readonly<Record<BandName, BandSource>>>;

export interface SceneBands {
  /** The red band's: grid and blocks of all statistics of the scene. */
  readonly reference: RasterImage;
  /** The bands of an index by name. @throws AppError `scene-bands-insufficient` */
  bandsOf(index: IndexCode): IndexBands;
  /** Side of the coarsest cell that the index rests on, in metres. */
  cellSizeOf(index: IndexCode): number;
}

interface Placed extends FileBand {
  readonly raster: OpenedRaster;
  readonly ownGrid: RasterGrid;
}

/** @throws AppError `scene-bands-insufficient` without a red band */
export function openSceneBands(scene: OpenedScene, source: SceneSource): SceneBands {
  const insufficient = (): AppError => new AppError('scene-bands-insufficient', { bands: Object.keys(source.bands) });
  const red = source.bands.red;
  if (red === undefined) throw insufficient();
  const reference = scene.raster(red.file).file.image;
  const aligned = createBlockCache(ALIGNED_BYTES);
  const placed = new Map<BandName, Placed>();
  const byIndex = new Map<IndexCode, IndexBands>();

  function place(name: BandName): Placed {
    const known = placed.get(name);
    if (known !== undefined) return known;
    const at = source.bands[name];
    if (at === undefined) throw insufficient();
    const raster = scene.raster(at.file);
    const made = {
      raster,
      ownGrid: raster.file.image.grid,
      file: blankImpossible(alignBand(raster.file, reference, aligned)),
      band: at.band,
    };
    placed.set(name, made);
    return made;
  }

  function bandsFor(index: IndexCode): IndexBands {
    const { scale, offset } = source;
    const names = getIndex(index).bands;
    const places = names.map(place);
    const [first, ...others] = places as [Placed, ...Placed[]];
    const blanked = places.every(({ raster }) => raster.zeroIsNoData) ? blankZeros(first, others) : first.file;
    const entries = places.map(({ file, band, raster }, at): [BandName, BandSource] => [
      names[at] as BandName,
      // NaN says "none": the scene's rule stands above what the file says.
      { file: at === 0 ? blanked : file, band, scale, offset, noData: raster.noData ?? Number.NaN },
    ]);
    return Object.fromEntries(entries);
  }

  return {
    reference,
    bandsOf(index) {
      const bands = byIndex.get(index) ?? bandsFor(index);
      byIndex.set(index, bands);
      return bands;
    },
    cellSizeOf: index => Math.max(...getIndex(index).bands.map(name => cellSizeOf(place(name).ownGrid))),
  };
}
