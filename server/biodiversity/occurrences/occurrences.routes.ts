import { mineParams } from '../../mines/mines.contract.ts';
import { route, type Route } from '../../platform/http/route.ts';
import {
  newOccurrence,
  occurrenceAnswer,
  occurrenceList,
  occurrenceListQuery,
  occurrenceParams,
} from './occurrences.contract.ts';
import type { OccurrencesService } from './occurrences.service.ts';

export function occurrencesRoutes(occurrences: OccurrencesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/occurrences',
      tag: 'biodiversity',
      summary: 'Records of species that the caller may see',
      params: mineParams,
      query: occurrenceListQuery,
      response: occurrenceList,
      access: 'public',
      handle: ({ viewer, params, query }) => occurrences.list(viewer, params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/occurrences',
      tag: 'biodiversity',
      summary: 'Add a record of a species',
      params: mineParams,
      body: newOccurrence,
      response: occurrenceAnswer,
      status: 201,
      access: 'signed-in',
      action: 'occurrence.write',
      repeat: ({ viewer, params, id }) => occurrences.get(viewer, Number(params['id']), String(id)),
      handle: ({ viewer, params, body }) => occurrences.create(viewer, params.id, body),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/occurrences/:oid',
      tag: 'biodiversity',
      summary: 'One record',
      params: occurrenceParams,
      response: occurrenceAnswer,
      access: 'public',
      handle: ({ viewer, params }) => occurrences.get(viewer, params.id, params.oid),
    }),
  ];
}
