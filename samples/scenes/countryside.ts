import type { SiteDraft } from '../build-site.ts';
import { patchField } from '../build-site.ts';
import { clamp, fractalNoise, smoothStep, valueNoise, type PlaneField } from '../terrain/noise.ts';
import { latticeValue, seedOf } from '../terrain/random.ts';
import { gridField, sampleField } from '../terrain/scalar-grid.ts';
import type { SceneGrid } from './scene-grid.ts';

/** What does not change from scene to scene: relief, natural cover, water, houses. One value a cell. */
export interface Countryside {
  /** Cover of plants where nobody mined, 0..1. */
  readonly natural: Float32Array;
  /** Share of meadow and field among the plants, 0..1; the rest is wood. */
  readonly meadow: Float32Array;
  /** Patchiness of planting and weeds, -1..1. */
  readonly patch: Float32Array;
  /** Brightness that slope and sun give, about 1. */
  readonly shade: Float32Array;
  /** 0 land, 1 water, 2 houses. */
  readonly kind: Uint8Array;
}

/** Countries with fields in their low parts. */
const FARMED = new Set(['hills', 'foothills', 'valley', 'karst']);

export function countryside(draft: SiteDraft, scene: SceneGrid): Countryside {
  const { spec, relief } = draft;
  const { width, height } = scene.grid;
  const size = width * height;
  const seed = seedOf(`${spec.mine.code}/country`);
  const broad = readOff(40, fractalNoise(seed, 620, 4));
  const open = readOff(40, fractalNoise(seed + 17, 880, 4));
  const fine = valueNoise(seed + 31, 45);
  const patches = readOff(15, fractalNoise(seed + 51, 110, 3, 0.6));
  const fields = FARMED.has(spec.country) ? fieldPattern(seed + 71) : undefined;
  const ponds = (spec.ponds ?? []).map(pond => patchField(draft, pond).field);
  const village = spec.village && patchField(draft, spec.village).field;
  const made: Countryside = {
    natural: new Float32Array(size),
    meadow: new Float32Array(size),
    patch: new Float32Array(size),
    shade: new Float32Array(size),
    kind: new Uint8Array(size),
  };
  const heights = new Float32Array(size);
  for (let row = 0, index = 0; row < height; row++) {
    for (let column = 0; column < width; column++, index++) {
      const [xM, yM] = scene.toPlane(column, row);
      heights[index] = relief(xM, yM);
      made.patch[index] = clamp(patches(xM, yM) * 1.6, -1, 1);
      let cover = spec.scene.naturalCover + 0.17 * broad(xM, yM) + 0.05 * fine(xM, yM);
      made.meadow[index] = smoothStep(-0.25, 0.45, open(xM, yM));
      const field = fields?.(xM, yM, heights[index]!);
      if (field !== undefined) {
        cover = field;
        made.meadow[index] = 0.9;
      }
      made.natural[index] = clamp(cover, 0.12, 0.96);
      if (ponds.some(pond => pond(xM, yM) > 0)) made.kind[index] = 1;
      else if (village && village(xM, yM) > 0) made.kind[index] = housePattern(xM, yM, seed) ? 2 : 0;
    }
  }
  shadeSlopes(heights, width, height, made.shade);
  return made;
}

/** A smooth field read off a lattice, which is several times as fast as reckoning it for every cell. */
function readOff(cellM: number, field: PlaneField): PlaneField {
  return gridField(sampleField({ westM: -2600, southM: -2600, eastM: 2600, northM: 2600 }, cellM, field));
}

/** Cover of the field that a point lies in, or undefined where the ground is too high for fields. */
function fieldPattern(seed: number): (xM: number, yM: number, heightM: number) => number | undefined {
  const bend = readOff(40, fractalNoise(seed, 420, 2));
  const limit = readOff(40, fractalNoise(seed + 5, 900, 3));
  return (xM, yM, heightM) => {
    if (heightM > 22 + 26 * limit(xM, yM)) return undefined;
    const swing = 60 * bend(xM, yM);
    const column = Math.floor((xM + 0.45 * yM + swing) / 95);
    const row = Math.floor((yM - 0.45 * xM + swing) / 58);
    return 0.42 + 0.5 * latticeValue(column, row, seed);
  };
}

function housePattern(xM: number, yM: number, seed: number): boolean {
  return latticeValue(Math.floor((xM + 0.2 * yM) / 24), Math.floor((yM - 0.2 * xM) / 20), seed + 9) > 0.45;
}

function shadeSlopes(heights: Float32Array, width: number, height: number, shade: Float32Array): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const east = heights[at + (column < width - 1 ? 1 : 0)]! - heights[at - (column > 0 ? 1 : 0)]!;
      const south = heights[at + (row < height - 1 ? width : 0)]! - heights[at - (row > 0 ? width : 0)]!;
      // Lit from the south-east: ground that falls that way is brighter.
      shade[at] = clamp(1 - 0.016 * (east + south), 0.66, 1.28);
    }
  }
}
