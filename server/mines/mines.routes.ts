import { route, type Route } from '../platform/http/route.ts';
import { mineAnswer, mineList, mineListQuery, mineParams, minePatch, newMine } from './mines.contract.ts';
import type { MinesService } from './mines.service.ts';

export function minesRoutes(mines: MinesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines',
      tag: 'mines',
      summary: 'Mines, by code; filtered by box, text, organisation tree, province, mineral, status',
      query: mineListQuery,
      response: mineList,
      access: 'public',
      handle: ({ query }) => mines.list(query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines',
      tag: 'mines',
      summary: 'Add a mine with its licence boundary',
      body: newMine,
      response: mineAnswer,
      status: 201,
      access: 'signed-in',
      action: 'mine.create',
      handle: ({ viewer, body }) => mines.create(viewer, body),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id',
      tag: 'mines',
      summary: 'One mine with its present licence boundary',
      params: mineParams,
      response: mineAnswer,
      access: 'public',
      handle: ({ viewer, params }) => mines.get(viewer, params.id),
    }),
    route({
      method: 'patch',
      path: '/api/v1/mines/:id',
      tag: 'mines',
      summary: 'Change facts of a mine; its outline changes by a new boundary version',
      params: mineParams,
      body: minePatch,
      response: mineAnswer,
      access: 'signed-in',
      action: 'mine.edit',
      handle: ({ viewer, params, body, ifMatch }) => mines.patch(viewer, params.id, body, ifMatch),
    }),
  ];
}
