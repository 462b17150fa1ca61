import { route, type Route } from '../platform/http/route.ts';
import {
  newOrganisation,
  organisationAnswer,
  organisationList,
  organisationListQuery,
} from './organisations.contract.ts';
import type { OrganisationsService } from './organisations.service.ts';

export function organisationsRoutes(organisations: OrganisationsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/organisations',
      tag: 'organisations',
      summary: 'Organisations, by code',
      query: organisationListQuery,
      response: organisationList,
      access: 'public',
      handle: ({ query }) => organisations.list(query),
    }),
    route({
      method: 'post',
      path: '/api/v1/organisations',
      tag: 'organisations',
      summary: 'Add an organisation below an existing one, or a new tree',
      body: newOrganisation,
      response: organisationAnswer,
      status: 201,
      access: 'signed-in',
      action: 'mine.create',
      handle: ({ viewer, body }) => organisations.create(viewer, body),
    }),
  ];
}
