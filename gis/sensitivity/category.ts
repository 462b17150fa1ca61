/** 1 is the strictest (no place at all), 4 the mildest, 0 open. */
export type SensitivityCategory = 0 | 1 | 2 | 3 | 4;

export interface SensitivityTraits {
  readonly kingdom: string | null;
  readonly family: string | null;
  readonly genus: string | null;
  /** e.g. `{ list: 'CN_WILDLIFE_2021', level: 'I' }`, `{ list: 'IUCN_RL', level: 'EN' }`. */
  readonly statuses: readonly { readonly list: string; readonly level: string }[];
}

const RAPTOR_FAMILIES = new Set(['Accipitridae', 'Falconidae', 'Strigidae', 'Tytonidae', 'Pandionidae']);
const ALWAYS_STRICTEST_GENERA = new Set(['Manis', 'Cycas', 'Paphiopedilum']);
const TRADED_SONGBIRD_GENERA = new Set(['Garrulax']);
const PLACES_THAT_HARM = new Set(['BREED', 'ROOST']);
/** No identification, no rule: hidden as class I is, until somebody knows better. */
const UNKNOWN_TAXON: SensitivityCategory = 2;

/** The strictest of several categories: the lowest number above 0, or 0 when all are open. */
export function strictestCategory(categories: readonly SensitivityCategory[]): SensitivityCategory {
  return categories.reduce<SensitivityCategory>(
    (strictest, category) => (category !== 0 && (strictest === 0 || category < strictest) ? category : strictest),
    0,
  );
}

/**
 * The category that a place of one taxon gets when no steward has ruled on it. Being listed is not being sensitive:
 * what counts is the harm that the place can do (nest, roost, collectable). An unknown use matches every rule. These are
 * this product's reading of Chapman's guide, to be edited by the steward, not an official list.
 * @param uses Habitat uses BREED FORAGE ROOST STOPOVER CORRIDOR WINTER; empty = unknown.
 */
export function categoryOfTaxon(taxon: SensitivityTraits | null, uses: readonly string[]): SensitivityCategory {
  if (taxon === null) return UNKNOWN_TAXON;
  const has = (list: string, ...levels: string[]): boolean =>
    taxon.statuses.some(status => status.list.startsWith(list) && levels.includes(status.level));
  const nationalClassOne = has('CN_WILDLIFE', 'I') || has('CN_PLANT', 'I');
  const atHarmfulPlace = uses.length === 0 || uses.some(use => PLACES_THAT_HARM.has(use));
  if (taxon.genus !== null && ALWAYS_STRICTEST_GENERA.has(taxon.genus)) return 1;
  if (nationalClassOne && atHarmfulPlace && taxon.family !== null && RAPTOR_FAMILIES.has(taxon.family)) return 1;
  if (nationalClassOne || has('IUCN_RL', 'CR', 'EN')) return 2;
  if (taxon.genus !== null && TRADED_SONGBIRD_GENERA.has(taxon.genus)) return 4;
  if ((has('CN_WILDLIFE', 'II') || has('IUCN_RL', 'VU')) && atHarmfulPlace && taxon.kingdom !== 'Plantae') return 3;
  return 0;
}

/** The category of a record with any number of taxa: the strictest of them; without taxa `open` decides. */
export function categoryOfTaxa(
  taxa: readonly SensitivityTraits[],
  uses: readonly string[],
  withoutTaxa: SensitivityCategory = UNKNOWN_TAXON,
): SensitivityCategory {
  if (taxa.length === 0) return withoutTaxa;
  return strictestCategory(taxa.map(taxon => categoryOfTaxon(taxon, uses)));
}
