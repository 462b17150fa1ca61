import type { Queryable } from './db/database.ts';

/**
 * Layers of the map whose tiles are cached by revision. The `…-exact` ones count changes of places that the public must
 * not know of, not even that they happened, the `…-strictest` ones those that only some of the others may know of; `land-published` moves with what is published, `land` with every write.
 */
export type Layer =
  | 'mines'
  | 'land'
  | 'land-published'
  | 'facilities'
  | 'habitats'
  | 'habitats-exact'
  | 'habitats-strictest'
  | 'occurrences'
  | 'occurrences-exact'
  | 'occurrences-strictest'
  | 'findings'
  | 'scenes';

/** Marks a layer as changed, in the transaction that changes it; tiles of the old revision then lose their address. */
export async function bumpLayer(tx: Queryable, layer: Layer): Promise<void> {
  await tx.raw(
    'insert into layer_revision (layer) values (?) on conflict (layer) do update set revision = layer_revision.revision + 1',
    [layer],
  );
}

/** 0 for a layer that never changed. */
export async function layerRevision(db: Queryable, layer: Layer): Promise<number> {
  const row = await db<{ layer: string; revision: number }>('layer_revision').where({ layer }).first('revision');
  return row?.revision ?? 0;
}
