import { stageRank } from '../../gis/ledger/stages.ts';
import type { RasterGrid } from '../../gis/raster/raster-file.ts';
import type { IsoDate } from '../../gis/types.ts';
import type { GeneratedSite } from '../generate.ts';
import type { SceneSpec } from '../sites/site-spec.ts';
import { clamp } from '../terrain/noise.ts';
import { latticeValue, seedOf } from '../terrain/random.ts';
import { countryside, type Countryside } from './countryside.ts';
import { dayNumber, landState, type LandState } from './land-state.ts';
import { plantCover, type CellOfLand } from './plant-cover.ts';
import { sceneGrid, type SceneGrid } from './scene-grid.ts';
import { skyOf, type Sky } from './sky.ts';
import {
  BARE_GROUND,
  CLOUD,
  MEADOW,
  NATURAL_SOIL,
  ROOFS,
  TOPSOIL,
  WATER,
  WOOD,
  type BandName,
  type Surface,
} from './surfaces.ts';

/** A scene as a sensor with 10 m cells would bring it home. Samples are `(reflectance - offset) / scale`; 0 = no data. */
export interface RenderedScene {
  readonly siteCode: string;
  readonly acquiredOn: IsoDate;
  readonly sensor: string;
  readonly processingBaseline: string;
  readonly grid: RasterGrid;
  readonly bandNames: readonly BandName[];
  readonly bands: readonly Uint16Array[];
  readonly scale: number;
  readonly offset: number;
  /** Classes on a grid with twice the cell: 0 no data, 3 shadow, 4 plants, 5 bare, 6 water, 8 and 9 cloud, 10 haze. */
  readonly mask: { readonly grid: RasterGrid; readonly classes: Uint8Array };
  /** Classes to be taken out. */
  readonly maskClasses: readonly number[];
  readonly cloudFraction: number;
}

const SCALE = 0.0001;
/** From 2022 on samples carry an offset, as real ones do since processing baseline 04.00. */
const OFFSET_SINCE = '2022-01-25';
/** How well plants did in the summers 2019 to 2022; the last one was dry. */
const SUMMERS: Readonly<Record<string, number>> = { '2019': 1, '2020': 1.02, '2021': 0.99, '2022': 0.92 };
const CLOUD_AMOUNTS = [0.3, 0.62, 0.18, 0.45, 0.08, 0.55, 0.25, 0.4];
const EXM = stageRank('EXM');
const SOI = stageRank('SOI');

/** The scenes of one site, earliest first. Each is drawn when it is asked for; about 0.15 s each. */
export function* renderScenes({ draft, site }: GeneratedSite): Generator<RenderedScene> {
  const { spec } = draft;
  const scene = sceneGrid(spec.scene.crs, draft.plane, spec.scene.halfSideM);
  const country = countryside(draft, scene);
  const land = landState(scene, site.events);
  for (const [index, acquiredOn] of spec.scene.dates.entries()) {
    land.advanceTo(acquiredOn);
    const seed = seedOf(`${spec.mine.code}/${acquiredOn}`);
    const sky = skyOf(seed, CLOUD_AMOUNTS[(seed + index) % CLOUD_AMOUNTS.length]!, spec.scene.hazyOn === acquiredOn);
    yield renderScene({ siteCode: spec.mine.code, spec: spec.scene, scene, country, land, sky, seed, acquiredOn });
  }
}

interface Scenery {
  readonly siteCode: string;
  readonly spec: SceneSpec;
  readonly scene: SceneGrid;
  readonly country: Countryside;
  readonly land: LandState;
  readonly sky: Sky;
  readonly seed: number;
  readonly acquiredOn: IsoDate;
}

function renderScene({ siteCode, spec, scene, country, land, sky, seed, acquiredOn }: Scenery): RenderedScene {
  const { width, height } = scene.grid;
  const size = width * height;
  const offset = acquiredOn >= OFFSET_SINCE ? -0.1 : 0;
  const today = dayNumber(acquiredOn);
  const summer = SUMMERS[acquiredOn.slice(0, 4)] ?? 1;
  const bands = spec.bands.map(() => new Uint16Array(size));
  const palettes = spec.bands.map(band => paletteOf(spec).map(surface => surface[band]));
  const seen = new Uint8Array(size);
  for (let index = 0; index < size; index++) {
    const column = index % width;
    const row = (index - column) / width;
    const [xM, yM] = scene.toPlane(column, row);
    const rank = land.rank[index]!;
    const planted = land.plantedDay[index]!;
    const isWater = rank === EXM || (country.kind[index] === 1 && rank < SOI);
    const isBuilt = country.kind[index] === 2 && rank === 0;
    const cell: CellOfLand = {
      rank,
      ageYears: planted === 0 ? -1 : (today - planted) / 365.25,
      hollow: land.hollow[index] === 1,
      natural: country.natural[index]!,
      patch: country.patch[index]!,
    };
    const green = isWater ? 0 : isBuilt ? 0.15 : summer * plantCover(cell);
    const meadow = rank === 0 ? country.meadow[index]! : 0.45 + 0.4 * cell.patch;
    const ground = isWater ? AT.water : isBuilt ? AT.roofs : rank === 0 ? AT.soil : rank >= SOI ? AT.topsoil : AT.bare;
    const cloud = sky.cloud(xM, yM);
    const shadow = sky.shadow(xM, yM) * (1 - cloud);
    const haze = sky.haze(xM, yM);
    const light = (isWater ? 1 : country.shade[index]!) * (1 - 0.55 * shadow);
    const grain = light * (0.965 + 0.07 * latticeValue(column, row, seed));
    for (let at = 0; at < bands.length; at++) {
      const palette = palettes[at]!;
      const plants = palette[AT.wood]! * (1 - meadow) + palette[AT.meadow]! * meadow;
      const lit = (palette[ground]! * (1 - green) + plants * green) * grain;
      const hazed = lit * (1 - haze) + palette[AT.cloud]! * haze * 0.55;
      const reflectance = hazed * (1 - cloud) + palette[AT.cloud]! * cloud * (0.8 + 0.2 * cloud);
      bands[at]![index] = clamp(Math.round((reflectance - offset) / SCALE), 1, 65_535);
    }
    seen[index] = classOf(cloud, shadow, haze, isWater, green);
  }
  const mask = coarseClasses(seen, scene.grid);
  const hidden = mask.classes.reduce((sum, found) => sum + (MASKED.includes(found) ? 1 : 0), 0);
  return {
    siteCode,
    acquiredOn,
    sensor: 'Synthetic MSI 10 m',
    processingBaseline: acquiredOn >= OFFSET_SINCE ? '04.00' : '02.08',
    grid: scene.grid,
    bandNames: spec.bands,
    bands,
    scale: SCALE,
    offset,
    mask,
    maskClasses: MASKED,
    cloudFraction: Math.round((hidden / mask.classes.length) * 1000) / 1000,
  };
}

/** Places of the surfaces in a palette. */
const AT = { soil: 0, bare: 1, topsoil: 2, roofs: 3, water: 4, wood: 5, meadow: 6, cloud: 7 } as const;

function paletteOf(spec: SceneSpec): readonly Surface[] {
  return [NATURAL_SOIL, BARE_GROUND[spec.ground], TOPSOIL, ROOFS, WATER, WOOD, MEADOW, CLOUD];
}

const MASKED: readonly number[] = [3, 8, 9, 10];

function classOf(cloud: number, shadow: number, haze: number, isWater: boolean, green: number): number {
  if (cloud > 0.4) return 9;
  if (cloud > 0.04) return 8;
  if (shadow > 0.15) return 3;
  if (haze > 0.2) return 10;
  if (isWater) return 6;
  return green > 0.3 ? 4 : 5;
}

/** Classes on cells twice as large: what hides the ground wins over what is on it. */
function coarseClasses(seen: Uint8Array, grid: RasterGrid): RenderedScene['mask'] {
  const width = grid.width / 2;
  const height = grid.height / 2;
  const classes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * 2 * grid.width + column * 2;
      const four = [seen[at]!, seen[at + 1]!, seen[at + grid.width]!, seen[at + grid.width + 1]!];
      classes[row * width + column] = four.find(found => MASKED.includes(found)) ?? four[0]!;
    }
  }
  const { originX, originY, crs } = grid;
  return {
    grid: { width, height, originX, originY, cellWidth: grid.cellWidth * 2, cellHeight: grid.cellHeight * 2, crs },
    classes,
  };
}
