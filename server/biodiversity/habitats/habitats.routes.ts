import { mineParams } from '../../mines/mines.contract.ts';
import { route, type Route } from '../../platform/http/route.ts';
import {
  habitatAnswer,
  habitatList,
  habitatListQuery,
  habitatParams,
  habitatPatch,
  newHabitat,
} from './habitats.contract.ts';
import type { HabitatsService } from './habitats.service.ts';

export function habitatsRoutes(habitats: HabitatsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/habitats',
      tag: 'biodiversity',
      summary: 'Habitat patches that the caller may see',
      params: mineParams,
      query: habitatListQuery,
      response: habitatList,
      access: 'public',
      handle: ({ viewer, params, query }) => habitats.list(viewer, params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/habitats',
      tag: 'biodiversity',
      summary: 'Add a habitat patch; `supersedes` ends an earlier version',
      params: mineParams,
      body: newHabitat,
      response: habitatAnswer,
      status: 201,
      access: 'signed-in',
      action: 'habitat.write',
      repeat: ({ viewer, params, id }) => habitats.get(viewer, Number(params['id']), String(id)),
      handle: ({ viewer, params, body }) => habitats.create(viewer, params.id, body),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/habitats/:hid',
      tag: 'biodiversity',
      summary: 'One habitat patch',
      params: habitatParams,
      response: habitatAnswer,
      access: 'public',
      handle: ({ viewer, params }) => habitats.get(viewer, params.id, params.hid),
    }),
    route({
      method: 'patch',
      path: '/api/v1/mines/:id/habitats/:hid',
      tag: 'biodiversity',
      summary: 'Correct a habitat patch; a real change is a new version',
      params: habitatParams,
      body: habitatPatch,
      response: habitatAnswer,
      access: 'signed-in',
      action: 'habitat.write',
      handle: ({ viewer, params, body, ifMatch }) => habitats.patch(viewer, params.id, params.hid, body, ifMatch),
    }),
  ];
}
