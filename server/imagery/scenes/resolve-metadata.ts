// From what the uploader wrote to one meaning for each band: numbers, file names and objects all become file + band.
import { AppError } from '../../platform/errors.ts';
import { schemaDetail } from '../../platform/http/schema/schema-detail.ts';
import { latestDateAnywhere } from '../../../gis/ledger/latest-date.ts';
import { BAND_NAMES, sceneMetadata, type BandName, type BandRef, type SceneMetadata } from './scene.contract.ts';
import type { BandMap, BandPlace, SceneMeaning } from './scene-model.ts';

/** Offset of Sentinel-2 reflectance from processing baseline 04.00 on (25 January 2022): (DN - 1000) / 10000. */
const SENTINEL2_OFFSET = -0.1;
const SENTINEL2_SCALE = 1e-4;

/**
 * Reads the JSON text of an upload. Throws `scene-metadata-missing`, `scene-metadata-not-json`, `scene-metadata-invalid`
 * (with one entry in `errors` a fault, by JSON pointer), `scene-in-future`.
 */
export function parseSceneMetadata(text: string | undefined, now: Date = new Date()): SceneMetadata {
  if (text === undefined || text.trim() === '') throw new AppError('scene-metadata-missing');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('scene-metadata-not-json', {}, { cause });
  }
  const parsed = sceneMetadata.safeParse(json, { reportInput: true });
  if (parsed.success) {
    const { acquiredOn } = parsed.data;
    if (acquiredOn > latestDateAnywhere(now)) throw new AppError('scene-in-future', { acquiredOn });
    return parsed.data;
  }
  const errors = parsed.error.issues.map(issue => schemaDetail(issue, `/${issue.path.map(String).join('/')}`));
  const fields = [...new Set(errors.map(({ pointer }) => pointer))].join(', ');
  throw new AppError('scene-metadata-invalid', { fields }, { errors });
}

/** Ties the metadata to the files of the upload. Throws `scene-file-…`, `scene-bands-insufficient`, `mask-…`. */
export function resolveMetadata(metadata: SceneMetadata, fileNames: readonly string[]): SceneMeaning {
  const place = (band: string, ref: BandRef): BandPlace => resolveBand(band, ref, fileNames);
  const bands: BandMap = {};
  for (const name of BAND_NAMES) {
    const ref = metadata.bands[name];
    if (ref !== undefined) bands[name] = place(name, ref);
  }
  const maskRef = metadata.mask ?? metadata.bands.mask ?? metadata.bands.scl ?? metadata.bands.qa;
  const maskClasses = metadata.maskClasses ?? [];
  const keepClasses = metadata.keepClasses ?? [];
  if (maskClasses.length > 0 && keepClasses.length > 0) throw new AppError('mask-classes-both');
  if (maskRef === undefined && maskClasses.length + keepClasses.length > 0) throw new AppError('mask-missing');
  // A band may be listed for what it is; a mask that is named as one and takes nothing out would let clouds pass for land.
  if (metadata.mask !== undefined && maskClasses.length + keepClasses.length === 0)
    throw new AppError('mask-classes-missing');
  if (!canShowAnything(bands)) throw new AppError('scene-bands-insufficient', { bands: Object.keys(bands) });
  return {
    acquiredOn: metadata.acquiredOn,
    sensor: metadata.sensor,
    bands,
    mask: maskRef === undefined ? null : place('mask', maskRef),
    maskClasses: [...new Set(maskClasses)].toSorted((a, b) => a - b),
    keepClasses: [...new Set(keepClasses)].toSorted((a, b) => a - b),
    ...toReflectance(metadata),
    noData: metadata.nodata,
    processingBaseline: metadata.processingBaseline ?? null,
    cloudFraction: metadata.cloudFraction ?? null,
    isPublic: metadata.isPublic,
    mineId: metadata.mineId ?? null,
  };
}

function resolveBand(band: string, ref: BandRef, fileNames: readonly string[]): BandPlace {
  const wanted = typeof ref === 'string' ? ref : typeof ref === 'number' ? undefined : ref.file;
  const number = typeof ref === 'number' ? ref : typeof ref === 'string' ? 1 : ref.band;
  if (wanted === undefined) {
    const only = fileNames[0];
    if (only === undefined || fileNames.length > 1) throw new AppError('scene-file-ambiguous', { band });
    return { file: only, band: number };
  }
  if (!fileNames.includes(wanted)) throw new AppError('scene-file-unknown', { band, file: wanted });
  return { file: wanted, band: number };
}

const has = (bands: BandMap, ...names: readonly BandName[]): boolean => names.every(name => bands[name] !== undefined);

const canShowAnything = (bands: BandMap): boolean => has(bands, 'red', 'nir') || has(bands, 'red', 'green', 'blue');

/**
 * What the uploader gives rules. Without an offset, a Sentinel-2 scene of baseline 04.00 or later gets the one of its
 * baseline: leaving it out would raise every NDVI on the day of the change, without a plant having grown.
 */
function toReflectance(metadata: SceneMetadata): { scale: number; offset: number } {
  const baseline = Number.parseInt((metadata.processingBaseline ?? '').replace(/\D/g, ''), 10);
  const needsOffset = /sentinel-?2|^s2/i.test(metadata.sensor) && baseline >= 400 && metadata.offset === undefined;
  if (needsOffset) {
    const scale = metadata.scale ?? SENTINEL2_SCALE;
    return { scale, offset: (SENTINEL2_OFFSET * scale) / SENTINEL2_SCALE };
  }
  return { scale: metadata.scale ?? 1, offset: metadata.offset ?? 0 };
}
