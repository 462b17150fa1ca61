import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MultiPolygon } from '../../gis/types.ts';
import { draftSite, finishSite } from '../build-site.ts';
import type { GeneratedSite } from '../generate.ts';
import { qinghaiPlateau } from '../sites/qinghai-plateau.ts';
import { yunnanCopper } from '../sites/yunnan-copper.ts';
import type { SiteSpec } from '../sites/site-spec.ts';
import { renderScenes, type RenderedScene } from './render-scene.ts';
import { fillPolygon, sceneGrid } from './scene-grid.ts';

const made = (spec: SiteSpec): GeneratedSite => {
  const draft = draftSite(spec);
  return { draft, site: finishSite(draft, []) };
};
const generated = made(yunnanCopper);
const scenes = [...renderScenes(generated)];
const reflectance = (scene: RenderedScene, name: string, index: number): number =>
  scene.bands[scene.bandNames.indexOf(name as 'red')]![index]! * scene.scale + scene.offset;

function isClear({ grid, mask, maskClasses }: RenderedScene, index: number): boolean {
  const column = index % grid.width;
  const row = (index - column) / grid.width;
  return !maskClasses.includes(mask.classes[(row >> 1) * mask.grid.width + (column >> 1)]!);
}

/** Mean NDVI of the clear cells of a polygon; undefined below 20 of them. */
function meanNdvi(scene: RenderedScene, polygon: MultiPolygon): number | undefined {
  const { draft } = generated;
  const values: number[] = [];
  fillPolygon(sceneGrid(scene.grid.crs, draft.plane, draft.spec.scene.halfSideM), polygon, index => {
    if (!isClear(scene, index)) return;
    const [red, nir] = [reflectance(scene, 'red', index), reflectance(scene, 'nir', index)];
    values.push((nir - red) / (nir + red));
  });
  return values.length < 20 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const shapeOfEvent = (key: string): MultiPolygon => generated.site.events.find(event => event.key === key)!.geometry;

describe('the sample scenes', () => {
  it('are the same on every run', { timeout: 60_000 }, () => {
    const again = [...renderScenes(made(yunnanCopper))];
    const hash = (list: readonly RenderedScene[]): string => {
      const sum = createHash('sha256');
      for (const scene of list) {
        for (const band of scene.bands) sum.update(new Uint8Array(band.buffer));
        sum.update(scene.mask.classes);
      }
      return sum.digest('hex');
    };
    expect(hash(again)).toBe(hash(scenes));
  });

  it('show natural woodland green, the pit bare, and its lake as water', () => {
    for (const scene of scenes) {
      const woodland = meanNdvi(scene, generated.site.references[0]!.geometry);
      if (woodland !== undefined) expect(woodland).toBeGreaterThan(0.6);
      const mill = meanNdvi(scene, shapeOfEvent('I1/inventory'));
      if (mill !== undefined) expect(mill).toBeLessThan(0.18);
    }
    expect(meanNdvi(scenes[2]!, shapeOfEvent('P1/0.0.0.EXM')) ?? -1).toBeLessThan(0);
  });

  it('show planted land growing back, and the planting that did not take still bare', () => {
    const planted = generated.site.events.filter(event => event.stage === 'EST');
    const means = (key: string): number[] => scenes.flatMap(scene => meanNdvi(scene, shapeOfEvent(key)) ?? []);
    const old = planted.find(event => event.effectiveOn < '2014-12-31' && event.key.startsWith('W1'))!;
    const young = planted.find(event => event.effectiveOn.startsWith('2019') && event.key.startsWith('W1'))!;
    expect(Math.min(...means(old.key))).toBeGreaterThan(0.5);
    expect(means(young.key).at(-1)! - means(young.key)[0]!).toBeGreaterThan(0.1);
    const hollow = planted.filter(event => !event.vegetationHolds);
    expect(hollow).not.toEqual([]);
    for (const event of hollow) expect(Math.max(...means(event.key))).toBeLessThan(0.4);
  });

  it('carry the offset of newer products from 2022 on, and no sample is no data', () => {
    expect(scenes.map(scene => scene.offset)).toEqual([0, 0, 0, -0.1]);
    for (const scene of scenes) for (const band of scene.bands) expect(band.includes(0)).toBe(false);
    const clear = scenes.map(scene => meanNdvi(scene, generated.site.references[0]!.geometry)).filter(Boolean);
    expect(Math.max(...(clear as number[])) - Math.min(...(clear as number[]))).toBeLessThan(0.12);
  });

  it('have their classes on a grid of twice the cell, and say how much is hidden', () => {
    for (const scene of scenes) {
      expect(scene.mask.grid.cellWidth).toBe(scene.grid.cellWidth * 2);
      expect(scene.mask.grid.width * 2).toBe(scene.grid.width);
      const hidden = scene.mask.classes.filter(found => scene.maskClasses.includes(found)).length;
      expect(scene.cloudFraction).toBeCloseTo(hidden / scene.mask.classes.length, 3);
      expect(scene.cloudFraction).toBeLessThan(0.5);
    }
  });

  it('keep an infrared band where a site has one', () => {
    const [first] = renderScenes(made(qinghaiPlateau));
    expect(first?.bandNames).toEqual(['red', 'nir', 'swir1', 'blue']);
  });
});
