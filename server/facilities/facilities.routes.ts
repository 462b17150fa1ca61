import { mineParams } from '../mines/mines.contract.ts';
import { route, type Route } from '../platform/http/route.ts';
import {
  facilityAnswer,
  facilityList,
  facilityListQuery,
  facilityParams,
  facilityPatch,
  newFacility,
} from './facilities.contract.ts';
import type { FacilitiesService } from './facilities.service.ts';

export function facilitiesRoutes(facilities: FacilitiesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/facilities',
      tag: 'facilities',
      summary: 'Facilities of a mine: pits, dumps, tailings facilities, red-mud yards…',
      params: mineParams,
      query: facilityListQuery,
      response: facilityList,
      access: 'public',
      handle: ({ params, query }) => facilities.list(params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/facilities',
      tag: 'facilities',
      summary: 'Add a facility; `attributes` by type',
      params: mineParams,
      body: newFacility,
      response: facilityAnswer,
      status: 201,
      access: 'signed-in',
      action: 'facility.write',
      handle: ({ viewer, params, body }) => facilities.create(viewer, params.id, body),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/facilities/:fid',
      tag: 'facilities',
      summary: 'One facility',
      params: facilityParams,
      response: facilityAnswer,
      access: 'public',
      handle: ({ params }) => facilities.get(params.id, params.fid),
    }),
    route({
      method: 'patch',
      path: '/api/v1/mines/:id/facilities/:fid',
      tag: 'facilities',
      summary: 'Change a facility',
      params: facilityParams,
      body: facilityPatch,
      response: facilityAnswer,
      access: 'signed-in',
      action: 'facility.write',
      handle: ({ viewer, params, body, ifMatch }) => facilities.patch(viewer, params.id, params.fid, body, ifMatch),
    }),
  ];
}
