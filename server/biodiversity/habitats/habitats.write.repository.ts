import type { MultiPolygon } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';

export interface HabitatFields {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly habitatCode: string;
  readonly uses: readonly string[];
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  readonly quality: number | null;
  readonly sensitivity: number;
  readonly sensitivityReason: string | null;
  readonly taxonIds: readonly number[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly geometry: MultiPolygon;
}

const saveSql = loadSql<{ id: string }>('biodiversity/habitats/sql/save-habitat.sql');
const savePlaceSql = loadSql<{ areaM2: number }>('biodiversity/habitats/sql/save-exact-place.sql');

/**
 * Writes a new patch (`id` null) or all fields of an existing one, its place into the store that its category calls for,
 * and takes it out of the other one.
 */
export async function saveHabitat(
  tx: Queryable,
  target: { id: string | null; mineId: number; supersedes: string | null },
  { taxonIds, geometry, ...fields }: HabitatFields,
): Promise<string> {
  const isOpen = fields.sensitivity === 0;
  const text = JSON.stringify(geometry);
  const { id } = await saveSql.one(tx, {
    ...target,
    ...fields,
    uses: JSON.stringify(fields.uses),
    openGeometry: isOpen ? text : null,
  });
  if (isOpen) await tx.withSchema('restricted').from('habitat_geometry').where({ patch_id: id }).delete();
  else await savePlaceSql.one(tx, { id, geometry: text });
  await tx('habitat_taxon').where({ patch_id: id }).delete();
  if (taxonIds.length > 0) {
    await tx('habitat_taxon').insert([...new Set(taxonIds)].map(taxonId => ({ patch_id: id, taxon_id: taxonId })));
  }
  return id;
}

/** Locks the patch; undefined when there is none. */
export async function lockHabitat(tx: Queryable, id: string): Promise<number | undefined> {
  const row = (await tx('habitat_patch').where({ id }).forUpdate().first('revision')) as
    { revision: number } | undefined;
  return row?.revision;
}

export async function endHabitat(tx: Queryable, id: string, validTo: string): Promise<void> {
  await tx('habitat_patch')
    .where({ id })
    .update({ valid_to: validTo, revision: tx.raw('revision + 1') });
}
