import { route, type Route } from '../platform/http/route.ts';
import { boundaryList, boundaryListQuery, newBoundary, recordedBoundary } from './boundaries.contract.ts';
import type { BoundariesService } from './boundaries.service.ts';
import { mineParams } from './mines.contract.ts';

export function boundariesRoutes(boundaries: BoundariesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/boundaries',
      tag: 'mines',
      summary: 'Versions of the outlines of a mine',
      params: mineParams,
      query: boundaryListQuery,
      response: boundaryList,
      access: 'public',
      handle: ({ params, query }) => boundaries.list(params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/boundaries',
      tag: 'mines',
      summary: 'Add a version of an outline; `supersedes` ends an earlier one',
      params: mineParams,
      body: newBoundary,
      response: recordedBoundary,
      status: 201,
      access: 'signed-in',
      action: 'boundary.edit',
      handle: ({ viewer, params, body }) => boundaries.create(viewer, params.id, body),
    }),
  ];
}
