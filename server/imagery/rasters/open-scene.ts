// The files of one scene, opened for reading: by the thread that computes and by the tile renderer alike. Only headers are
// read here; blocks come when they are asked for.
import { createBlockCache, type BlockCache } from '../../../gis/raster/block-cache.ts';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import { createSamples, type RasterFile, type RasterImage } from '../../../gis/raster/raster-file.ts';
import { AppError } from '../../platform/errors.ts';
import { openFileSource, type FileSource } from '../../platform/raster/file-source.ts';
import { nodeCodecs } from '../../platform/raster/node-codecs.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';
import type { BandMap, BandPlace, NoDataRule } from '../scenes/scene-model.ts';
import { toRasterFault } from './raster-faults.ts';

/** Everything a thread needs to read a scene; plain data. */
export interface SceneSource {
  readonly files: readonly SceneSourceFile[];
  readonly bands: BandMap;
  readonly mask: BandPlace | null;
  readonly maskClasses: readonly number[];
  readonly keepClasses: readonly number[];
  readonly scale: number;
  readonly offset: number;
  readonly noData: NoDataRule;
}

export interface SceneSourceFile {
  readonly name: string;
  /** On this machine's disk. */
  readonly path: string;
  readonly overviewPath?: string | undefined;
}

export interface OpenedRaster {
  readonly name: string;
  readonly file: RasterFile;
  /** The full image, then coarser ones, finest first: of the file itself or of our own overview file. */
  readonly images: readonly RasterImage[];
  /** After the scene's rule; compare with samples as stored. NaN = not-a-number. */
  readonly noData: number | undefined;
  /** Neither the scene nor the file names a value: a cell that is 0 in all bands read together is no data. */
  readonly zeroIsNoData: boolean;
}

export interface OpenedScene {
  raster(name: string): OpenedRaster;
  close(): Promise<void>;
}

/** Throws AppErrors with code and file name (`raster-…`); whatever was opened until then is closed again. */
export async function openScene(source: SceneSource, cache?: BlockCache): Promise<OpenedScene> {
  const handles: FileSource[] = [];
  const close = async (): Promise<void> => {
    for (const handle of handles.splice(0)) await handle.close();
  };
  const blocks = cache ?? createBlockCache(64 << 20);
  const rasters = new Map<string, OpenedRaster>();
  try {
    for (const file of source.files) rasters.set(file.name, await openRaster(file, source, blocks, handles));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    raster(name) {
      const raster = rasters.get(name);
      if (raster === undefined) throw new AppError('scene-file-unknown', { file: name, band: '' });
      return raster;
    },
    close,
  };
}

async function openRaster(
  { name, path, overviewPath }: SceneSourceFile,
  source: SceneSource,
  cache: BlockCache,
  handles: FileSource[],
): Promise<OpenedRaster> {
  const open = async (at: string): Promise<FileSource> => {
    const handle = await openFileSource(at);
    handles.push(handle);
    return handle;
  };
  try {
    const limits = { maxCells: IMAGERY_LIMITS.pixelsPerFile, maxBlockBytes: IMAGERY_LIMITS.bytesPerBlock };
    const file = await openGeoTiff(await open(path), nodeCodecs, { cache, limits });
    const sidecar = overviewPath === undefined ? [] : await openOverviews(await open(overviewPath), file, cache);
    const noData = applyNoDataRule(source.noData, file);
    return {
      name,
      file,
      images: [file.image, ...(sidecar.length > 0 ? sidecar : file.overviews)],
      noData,
      zeroIsNoData: noData === undefined && source.noData === undefined,
    };
  } catch (cause) {
    throw toRasterFault(cause, name);
  }
}

/** Our overview files hold halvings: each cell covers exactly twice the ground of the level before, also beyond an odd edge. */
async function openOverviews(source: FileSource, { image }: RasterFile, cache: BlockCache): Promise<RasterImage[]> {
  const overview = await openGeoTiff(source, nodeCodecs, { cache, grid: image.grid });
  return [overview.image, ...overview.overviews].map((level, index) => {
    const factor = 2 ** (index + 1);
    const grid = {
      ...image.grid,
      width: level.grid.width,
      height: level.grid.height,
      cellWidth: image.grid.cellWidth * factor,
      cellHeight: image.grid.cellHeight * factor,
    };
    return { ...level, grid };
  });
}

function applyNoDataRule(rule: NoDataRule, file: RasterFile): number | undefined {
  if (rule === undefined) return file.noData;
  if (rule === null) return undefined;
  const value = rule === 'nan' ? Number.NaN : rule;
  const stored = createSamples(file.sampleType, 1).fill(value)[0] as number;
  // What an integer raster cannot hold occurs in none of its cells.
  return file.sampleType.startsWith('float') || stored === value ? stored : undefined;
}
