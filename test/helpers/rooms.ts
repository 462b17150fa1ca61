import { createBiodiversityService, type BiodiversityService } from '../../server/biodiversity/biodiversity.service.ts';
import { createFacilitiesService, type FacilitiesService } from '../../server/facilities/facilities.service.ts';
import { createBoundariesService, type BoundariesService } from '../../server/mines/boundaries.service.ts';
import { newMine } from '../../server/mines/mines.contract.ts';
import { createMinesService, type MinesService } from '../../server/mines/mines.service.ts';
import {
  createOrganisationsService,
  type OrganisationsService,
} from '../../server/organisations/organisations.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import type { Viewer } from '../../server/platform/viewer.ts';

export interface Rooms {
  readonly organisations: OrganisationsService;
  readonly mines: MinesService;
  readonly boundaries: BoundariesService;
  readonly facilities: FacilitiesService;
  readonly biodiversity: BiodiversityService;
}

/** The rooms over one database, wired as the product wires them. */
export function createRooms(db: Database): Rooms {
  const organisations = createOrganisationsService({ db });
  const mines = createMinesService({ db, organisations });
  return {
    organisations,
    mines,
    boundaries: createBoundariesService({ db, mines }),
    facilities: createFacilitiesService({ db, mines }),
    biodiversity: createBiodiversityService({ db, mines }),
  };
}

export const viewerOf = (role: Viewer['role'], ...organisationIds: number[]): Viewer => ({
  accountId: role === 'public' ? null : 1,
  username: role === 'public' ? null : role,
  role,
  organisationIds: new Set(organisationIds),
});

export const square = (west: number, south: number, sideDeg = 0.01) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [west + sideDeg, south],
      [west + sideDeg, south + sideDeg],
      [west, south + sideDeg],
      [west, south],
    ],
  ],
});

/** An organisation and a mine of it, made by an admin. */
export async function makeMine(
  rooms: Rooms,
  code: string,
  west = 101,
  south = 36,
): Promise<{ id: number; organisationId: number }> {
  const admin = viewerOf('admin');
  const organisation = await rooms.organisations.create(admin, {
    code: `ORG-${code}`,
    nameZh: `${code} 公司`,
    nameEn: `${code} company`,
    parentCode: null,
    kind: 'company',
  });
  const mine = await rooms.mines.create(
    admin,
    newMine.parse({
      type: 'Feature',
      geometry: square(west, south, 0.1),
      properties: {
        code,
        nameZh: `${code} 矿`,
        nameEn: `${code} mine`,
        organisationCode: organisation.code,
        mineral: 'bauxite',
        method: 'open',
        province: 'QH',
        startOn: '2010-01-01',
      },
    }),
  );
  return { id: mine.id, organisationId: organisation.id };
}
