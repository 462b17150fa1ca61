// Rows of reference areas; no rules.
import type { MultiPolygon } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { st } from '../../platform/db/st.ts';
import type { ReferenceAreaShape } from './vegetation.contract.ts';

export interface NewReferenceArea {
  readonly ecosystemZh: string;
  readonly ecosystemEn: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly geometry: MultiPolygon;
}

export async function listReferenceAreas(
  db: Queryable,
  mineId: number,
  page: { readonly afterId: number | null; readonly limit: number },
): Promise<ReferenceAreaShape[]> {
  const query = db('reference_area')
    .where({ mine_id: mineId })
    .orderBy('id')
    .limit(page.limit)
    .select({
      id: 'id',
      mineId: 'mine_id',
      ecosystemZh: 'ecosystem_zh',
      ecosystemEn: 'ecosystem_en',
      validFrom: 'valid_from',
      validTo: 'valid_to',
      areaM2: 'area_m2',
      revision: 'revision',
    })
    .select(st.asGeoJson('geom', 'geometry'));
  if (page.afterId !== null) void query.where('id', '>', page.afterId);
  return (await query) as ReferenceAreaShape[];
}

export async function insertReferenceArea(
  db: Queryable,
  mineId: number,
  area: NewReferenceArea,
  createdBy: number | null,
): Promise<number> {
  const [row] = (await db('reference_area')
    .insert({
      mine_id: mineId,
      ecosystem_zh: area.ecosystemZh,
      ecosystem_en: area.ecosystemEn,
      valid_from: area.validFrom,
      valid_to: area.validTo,
      geom: st.geomFromGeoJson(area.geometry),
      created_by: createdBy,
    })
    .returning('id')) as { id: number }[];
  if (row === undefined) throw new Error('reference area was not written');
  return row.id;
}
