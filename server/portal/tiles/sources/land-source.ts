import { can } from '../../../accounts/policy.ts';
import { findingTileRows, landTileRows } from '../../../land/land-tile-source.ts';
import type { MinesService } from '../../../mines/mines.service.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Audience, TileSource } from '../tile-source.ts';

interface LandAudience extends Audience {
  /** `own` = the working ledger of own mines, published periods of the others. */
  readonly reads: 'published' | 'working' | 'own';
  readonly organisationIds: readonly number[];
}

function landAudienceOf(viewer: Viewer): LandAudience {
  if (can(viewer, 'land.readWorking')) return { key: 'working', reads: 'working', organisationIds: [] };
  const own = [...viewer.organisationIds]
    .filter(organisationId => can(viewer, 'land.readWorking', { organisationId }))
    .toSorted((a, b) => a - b);
  if (own.length === 0) return { key: 'public', reads: 'published', organisationIds: [] };
  return { key: `own-${own.join('.')}`, reads: 'own', organisationIds: own };
}

interface LandDeps {
  readonly db: Database;
  readonly mines: MinesService;
}

/** The partition by stage. The public sees published periods. */
export function landTiles({ db, mines }: LandDeps): TileSource<LandAudience> {
  return {
    layer: 'land',
    minZoom: 6,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      cellId: 'Number',
      mineId: 'Number',
      stage: 'String',
      scope: 'String',
      evidenceGrade: 'String',
      since: 'String',
      eventId: 'Number',
      areaM2: 'Number',
    },
    doubleKeys: new Set(['areaM2']),
    audienceOf: landAudienceOf,
    // Whoever reads the working ledger of own mines only must not be told that another mine wrote something unpublished.
    revisionsOf: ({ reads }) =>
      reads === 'published' ? ['land-published'] : reads === 'own' ? ['land-published', 'mines'] : ['land'],
    ownRevision: ({ organisationIds }) => mines.sumLandRevisions(organisationIds),
    async listRows({ reads, organisationIds }, asAt, box) {
      const own = reads === 'own' ? await mines.listIdsOf(organisationIds) : new Set<number>();
      const working = reads === 'published' ? [] : await landTileRows(db.knex, 'working', asAt, box);
      const published = reads === 'working' ? [] : await landTileRows(db.knex, 'published', asAt, box);
      const rows = [
        ...working.filter(row => reads === 'working' || own.has(row.mineId)),
        ...published.filter(row => !own.has(row.mineId)),
      ];
      return rows.map(({ id, wkb, areaM2, ...rest }) => ({
        id,
        areaM2,
        attributes: { cellId: id, areaM2, ...rest },
        wkb,
      }));
    },
  };
}

/** Findings about events and boundaries: part of the working ledger, so nothing for the public. */
export function findingsTiles({ db, mines }: LandDeps): TileSource<LandAudience> {
  return {
    layer: 'findings',
    minZoom: 6,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      id: 'Number',
      mineId: 'Number',
      eventId: 'Number',
      boundaryId: 'Number',
      code: 'String',
      severity: 'String',
      areaM2: 'Number',
    },
    doubleKeys: new Set(['areaM2']),
    audienceOf: landAudienceOf,
    revisionsOf: ({ reads }) => (reads === 'published' ? [] : reads === 'own' ? ['mines'] : ['findings', 'land']),
    ownRevision: ({ organisationIds }) => mines.sumLandRevisions(organisationIds),
    async listRows({ reads, organisationIds }, asAt, box) {
      if (reads === 'published') return [];
      const own = reads === 'own' ? await mines.listIdsOf(organisationIds) : new Set<number>();
      const rows = await findingTileRows(db.knex, asAt, box);
      return rows
        .filter(row => reads === 'working' || own.has(row.mineId))
        .map(({ wkb, ...attributes }) => ({ id: attributes.id, areaM2: attributes.areaM2 ?? 0, attributes, wkb }));
    },
  };
}
