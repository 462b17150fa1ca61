// One picture of one tile: bands under its pixels, mask, index or true colour, PNG.
import { AppError } from '../../platform/errors.ts';
import { drawableCodes, getIndex, TRUECOLOUR, type DrawnCode, type IndexCode } from '../indices.ts';
import type { OpenedScene, SceneSource } from '../rasters/open-scene.ts';
import type { Stretch } from '../scenes/scene-model.ts';
import type { BandName } from '../scenes/scene.contract.ts';
import { buildPalette, placeOf } from './palette.ts';
import { encodeIndexedPng, encodeRgbaPng, type Deflate, type Palette } from './png.ts';
import { meshFor, sampleBands } from './sample-bands.ts';
import { TILE_SIZE_PX, type TileAddress, type WarpMesh } from './warp-mesh.ts';

const PIXELS = TILE_SIZE_PX * TILE_SIZE_PX;

/** Part of the ETag: goes up when the same scene would be drawn otherwise. */
export const DRAWING_VERSION = 1;

/** Where no stretch was measured: what land reflects. */
const DEFAULT_STRETCH: Stretch = { low: 0, high: 0.3 };

const palettes = new Map<IndexCode, Palette>();
function paletteOf(code: IndexCode): Palette {
  const known = palettes.get(code);
  if (known !== undefined) return known;
  const { min, max, stops } = getIndex(code);
  const palette = buildPalette(min, max, stops);
  palettes.set(code, palette);
  return palette;
}

/** Throws `scene-index-unavailable`, and `raster-…` for damaged pixels: a tile with a hole is never handed out as whole. */
export async function drawTile(
  scene: OpenedScene,
  source: SceneSource,
  stretch: Stretch | null,
  code: DrawnCode,
  tile: TileAddress,
  deflate: Deflate,
): Promise<Uint8Array> {
  if (!drawableCodes(source.bands).includes(code)) throw new AppError('scene-index-unavailable', { index: code });
  const names: readonly BandName[] = code === TRUECOLOUR ? ['red', 'green', 'blue'] : getIndex(code).bands;
  const meshes = new Map<string, WarpMesh>();
  const samples = await readBands(scene, source, names, tile, meshes);
  const visible = await visiblePixels(scene, source, names, samples, tile, meshes);
  for (const band of samples) {
    for (let at = 0; at < PIXELS; at++) band[at] = (band[at] as number) * source.scale + source.offset;
  }
  return code === TRUECOLOUR
    ? encodeRgbaPng(paintColours(samples, visible, stretch ?? DEFAULT_STRETCH), TILE_SIZE_PX, TILE_SIZE_PX, deflate)
    : encodeIndexedPng(paintIndex(samples, visible, code), TILE_SIZE_PX, TILE_SIZE_PX, paletteOf(code), deflate);
}

/** Bright yards and dark woods in one picture: what lies below the middle is lifted, as photographs do. */
const GAMMA = 1.8;

/** One range for all three bands, so that hues stay as they are. */
function paintColours(bands: readonly Float64Array[], visible: Uint8Array, { low, high }: Stretch): Uint8Array {
  const rgba = new Uint8Array(PIXELS * 4);
  for (let at = 0; at < PIXELS; at++) {
    if (visible[at] === 0) continue;
    for (let band = 0; band < 3; band++) {
      const t = (((bands[band] as Float64Array)[at] as number) - low) / (high - low);
      rgba[at * 4 + band] = Math.round((t < 0 ? 0 : t > 1 ? 1 : t) ** (1 / GAMMA) * 255);
    }
    rgba[at * 4 + 3] = 255;
  }
  return rgba;
}

function paintIndex(bands: readonly Float64Array[], visible: Uint8Array, code: IndexCode): Uint8Array {
  const { kernel, min, max } = getIndex(code);
  const values = new Float64Array(PIXELS);
  kernel(bands, values, 0, PIXELS);
  const places = new Uint8Array(PIXELS);
  for (let at = 0; at < PIXELS; at++) if (visible[at] === 1) places[at] = placeOf(values[at] as number, min, max);
  return places;
}

function meshOf(tile: TileAddress, crs: string, meshes: Map<string, WarpMesh>): WarpMesh {
  const known = meshes.get(crs);
  if (known !== undefined) return known;
  const mesh = meshFor(tile, crs);
  meshes.set(crs, mesh);
  return mesh;
}

/** Bands of one file are sampled together. */
async function readBands(
  scene: OpenedScene,
  source: SceneSource,
  names: readonly BandName[],
  tile: TileAddress,
  meshes: Map<string, WarpMesh>,
): Promise<Float64Array[]> {
  const out: Float64Array[] = names.map(() => new Float64Array(0));
  const byFile = new Map<string, { at: number; band: number }[]>();
  names.forEach((name, at) => {
    const place = source.bands[name];
    if (place === undefined) throw new AppError('scene-index-unavailable', { index: name });
    byFile.set(place.file, [...(byFile.get(place.file) ?? []), { at, band: place.band }]);
  });
  for (const [file, wanted] of byFile) {
    const raster = scene.raster(file);
    const mesh = meshOf(tile, raster.file.image.grid.crs, meshes);
    const read = await sampleBands(
      raster,
      wanted.map(({ band }) => band),
      mesh,
    );
    wanted.forEach(({ at }, index) => (out[at] = read[index] as Float64Array));
  }
  return out;
}

/** 1 where every band has data and the mask lets the pixel through. */
async function visiblePixels(
  scene: OpenedScene,
  source: SceneSource,
  names: readonly BandName[],
  samples: readonly Float64Array[],
  tile: TileAddress,
  meshes: Map<string, WarpMesh>,
): Promise<Uint8Array> {
  const zeroIsNoData = names.every(name => scene.raster(source.bands[name]?.file ?? '').zeroIsNoData);
  const visible = new Uint8Array(PIXELS);
  let any = false;
  for (let at = 0; at < PIXELS; at++) {
    let hasData = true;
    let allZero = zeroIsNoData;
    for (const band of samples) {
      const value = band[at] as number;
      if (Number.isNaN(value)) hasData = false;
      if (value !== 0) allZero = false;
    }
    if (!hasData || allZero) continue;
    visible[at] = 1;
    any = true;
  }
  const { mask, keepClasses, maskClasses } = source;
  if (!any || mask === null || keepClasses.length + maskClasses.length === 0) return visible;
  const raster = scene.raster(mask.file);
  const [classes] = await sampleBands(raster, [mask.band], meshOf(tile, raster.file.image.grid.crs, meshes));
  const listed = new Set(keepClasses.length > 0 ? keepClasses : maskClasses);
  const keepListed = keepClasses.length > 0;
  for (let at = 0; at < PIXELS; at++) {
    const found = classes?.[at] as number;
    if (Number.isNaN(found) || listed.has(found) !== keepListed) visible[at] = 0;
  }
  return visible;
}
