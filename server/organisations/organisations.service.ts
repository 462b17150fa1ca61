import { assertCan } from '../accounts/policy.ts';
import { recordAudit } from '../platform/audit/audit.ts';
import type { Database } from '../platform/db/database.ts';
import { AppError } from '../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../platform/http/page.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { NewOrganisation, OrganisationAnswer, OrganisationListQuery } from './organisations.contract.ts';
import * as repository from './organisations.repository.ts';

export interface OrganisationsService {
  list(query: OrganisationListQuery): Promise<{ items: OrganisationAnswer[]; nextCursor: string | null }>;
  /** @throws AppError `organisation-unknown` */
  getByCode(code: string): Promise<OrganisationAnswer>;
  /** Below a parent that the viewer may create mines for; a new tree only by an admin. @throws AppError `organisation-unknown`, `organisation-code-taken`, `forbidden` */
  create(viewer: Viewer, body: NewOrganisation): Promise<OrganisationAnswer>;
}

export function createOrganisationsService({ db }: { db: Database }): OrganisationsService {
  const getByCode = async (code: string): Promise<OrganisationAnswer> => {
    const organisation = await repository.findOrganisation(db.knex, code);
    if (!organisation) throw new AppError('organisation-unknown', { code });
    return organisation;
  };

  return {
    async list({ q, limit, cursor }) {
      const [afterCode] = startAfter(cursor, cursorKey.text);
      const rows = await repository.listOrganisations(db.knex, { q, afterCode, limit: limit + 1 });
      return cutPage(rows, limit, row => [row.code]);
    },

    getByCode,

    async create(viewer, body) {
      const parent = body.parentCode === null ? null : await getByCode(body.parentCode);
      assertCan(viewer, 'mine.create', parent ? { organisationId: parent.id } : {});
      return db.transaction(async tx => {
        await repository.insertOrganisation(tx, body, parent?.id ?? null);
        const after = await repository.findOrganisation(tx, body.code);
        if (!after) throw new Error('organisation vanished in its own transaction');
        await recordAudit(tx, viewer, {
          action: 'organisation.create',
          subjectKind: 'organisation',
          subjectId: after.id,
          before: null,
          after,
        });
        return after;
      });
    },
  };
}
