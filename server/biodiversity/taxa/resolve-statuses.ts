import type { TaxonStatus } from './taxa.contract.ts';

export interface StatusEntry {
  readonly list: string;
  readonly match: 'species' | 'genus' | 'family';
  readonly name: string;
  readonly level: string;
  /** Scientific names that a genus or family entry leaves out. */
  readonly exceptions: readonly string[];
}

export interface TaxonNames {
  readonly scientificName: string;
  readonly genus: string | null;
  readonly family: string | null;
}

const PRECEDENCE = ['species', 'genus', 'family'] as const;

/** The one level that each list gives a taxon: an entry of its own beats its genus, the genus beats the family, exceptions beat both. */
export function resolveStatuses(taxon: TaxonNames, entries: readonly StatusEntry[]): TaxonStatus[] {
  const nameAt = { species: taxon.scientificName, genus: taxon.genus, family: taxon.family };
  const matching = entries.filter(
    entry => entry.name === nameAt[entry.match] && !entry.exceptions.includes(taxon.scientificName),
  );
  const lists = [...new Set(matching.map(entry => entry.list))].toSorted();
  return lists.flatMap(list => {
    const best = PRECEDENCE.map(match => matching.find(entry => entry.list === list && entry.match === match)).find(
      entry => entry !== undefined,
    );
    return best === undefined ? [] : [{ list, level: best.level }];
  });
}
