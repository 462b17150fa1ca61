import { GisError } from '../../../gis/errors.ts';
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import type { RangeSource, RasterFile } from '../../../gis/raster/raster-file.ts';
import type { ZonalRequest } from '../../../gis/zonal/zonal-plan.ts';
import { openFileSource } from '../../platform/raster/file-source.ts';
import { openHttpSource } from '../../platform/raster/http-source.ts';
import { nodeCodecs } from '../../platform/raster/node-codecs.ts';
import { describeFileFault, UnusableFile } from '../zone-readers/zone-file.ts';
import type { ZonalArguments } from './zonal-arguments.ts';
import { createBufferCollector } from './buffer-collector.ts';
import { describeRasterFault } from './raster-faults.ts';

/** Blocks of a mask on another grid lie under several blocks of the raster; those of the raster itself are met once. */
const KEPT_MASK_BYTES = 8 << 20;

/** All that a thread needs to take its share: plain data. */
export interface ZonalJob {
  readonly raster: string;
  readonly bands: ZonalArguments['bands'];
  readonly index: ZonalArguments['index'];
  readonly scale: number | undefined;
  readonly offset: number | undefined;
  readonly mask: ZonalArguments['mask'];
  readonly stats: readonly string[];
  readonly rasterTowgs84: ZonalArguments['rasterTowgs84'];
}

export interface OpenedJob {
  readonly request: Omit<ZonalRequest, 'zones'>;
  readonly close: () => Promise<void>;
}

/** Opens the files of a job. Throws UnusableFile. */
export async function openJob(job: ZonalJob): Promise<OpenedJob> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => void (await Promise.all(closers.map(closer => closer())));
  try {
    const raster = await openRaster(job.raster, job.rasterTowgs84, 0, closers);
    const mask = job.mask && {
      file: await openRaster(job.mask.path, job.rasterTowgs84, KEPT_MASK_BYTES, closers),
      band: 1,
      classes: job.mask.classes,
    };
    const source = (band: number) => ({ file: raster, band, scale: job.scale, offset: job.offset });
    const { bands } = job;
    return {
      request: {
        bands: 'value' in bands ? { value: source(bands.value) } : { red: source(bands.red), nir: source(bands.nir) },
        expression: job.index ?? 'band',
        mask,
        stats: job.stats,
        pause: collectInPauses(),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function collectInPauses(): () => Promise<void> {
  const collect = createBufferCollector();
  return () => {
    collect();
    return Promise.resolve();
  };
}

async function openRaster(
  path: string,
  towgs84: ZonalJob['rasterTowgs84'],
  keptBytes: number,
  closers: (() => Promise<void>)[],
): Promise<RasterFile> {
  try {
    let source: RangeSource;
    if (/^https?:\/\//i.test(path)) source = await openHttpSource(path);
    else {
      const file = await openFileSource(path);
      closers.push(() => file.close());
      source = file;
    }
    return await openGeoTiff(source, nodeCodecs, { cache: createBlockCache(keptBytes), towgs84 });
  } catch (error) {
    throw new UnusableFile(path, error instanceof GisError ? describeRasterFault(error) : describeFileFault(error), {
      cause: error,
    });
  }
}
