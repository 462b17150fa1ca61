import { describe, expect, it } from 'vitest';
import { categoryOfTaxa, categoryOfTaxon, strictestCategory, type SensitivityTraits } from './category.ts';

const taxon = (
  genus: string,
  family: string,
  statuses: readonly [string, string][],
  kingdom = 'Animalia',
): SensitivityTraits => ({ kingdom, family, genus, statuses: statuses.map(([list, level]) => ({ list, level })) });

const vulture = taxon('Aegypius', 'Accipitridae', [
  ['CN_WILDLIFE_2021', 'I'],
  ['IUCN_RL', 'NT'],
]);
const griffon = taxon('Gyps', 'Accipitridae', [['CN_WILDLIFE_2021', 'II']]);
const egret = taxon('Egretta', 'Ardeidae', [['IUCN_RL', 'LC']]);
const crane = taxon('Grus', 'Gruidae', [['CN_WILDLIFE_2021', 'I']]);
const hwamei = taxon('Garrulax', 'Leiothrichidae', [['CN_WILDLIFE_2021', 'II']]);
const pangolin = taxon('Manis', 'Manidae', [['CN_WILDLIFE_2021', 'I']]);
const soybean = taxon('Glycine', 'Fabaceae', [['CN_PLANT_2021', 'II']], 'Plantae');

describe('category', () => {
  it.each([
    ['nest of a class I raptor', vulture, ['BREED'], 1],
    ['class I raptor, use unknown', vulture, [], 1],
    ['class I raptor foraging', vulture, ['FORAGE'], 2],
    ['class I crane wintering', crane, ['WINTER'], 2],
    ['class II at the nest', griffon, ['BREED', 'FORAGE'], 3],
    ['class II passing through', griffon, ['CORRIDOR'], 0],
    ['unlisted egret at its colony', egret, ['BREED'], 0],
    ['traded songbird', hwamei, ['FORAGE'], 4],
    ['pangolin anywhere', pangolin, ['FORAGE'], 1],
    ['class II plant', soybean, [], 0],
    ['no identification', null, ['BREED'], 2],
  ] as const)('%s', (_name, subject, uses, expected) => {
    expect(categoryOfTaxon(subject, uses)).toBe(expected);
  });

  it('takes the strictest of several taxa, and 0 is not strict', () => {
    expect(strictestCategory([0, 4, 2, 3])).toBe(2);
    expect(strictestCategory([0, 0])).toBe(0);
    expect(strictestCategory([])).toBe(0);
    expect(categoryOfTaxa([egret, griffon, vulture], ['BREED'])).toBe(1);
    expect(categoryOfTaxa([], [])).toBe(2);
    expect(categoryOfTaxa([], [], 0)).toBe(0);
  });
});
