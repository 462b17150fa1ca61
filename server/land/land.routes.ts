import { mineParams } from '../mines/mines.contract.ts';
import { route, type Route } from '../platform/http/route.ts';
import {
  eventAnswer,
  eventList,
  eventListQuery,
  eventParams,
  newEvent,
  previewAnswer,
  recordedEvent,
  retractBody,
} from './events/events.contract.ts';
import { findingList, findingListQuery } from './findings/findings.contract.ts';
import type { LandService } from './land.service.ts';
import { landAnswer, landQuery } from './partition/partition.contract.ts';
import {
  newPeriod,
  periodAnswer,
  periodList,
  periodListQuery,
  planList,
  putPlan,
  recordedPlan,
} from './periods/periods.contract.ts';
import { restatementList, restatementQuery } from './periods/restatements.contract.ts';
import {
  groupedAnswer,
  groupedQuery,
  restorationAnswer,
  restorationQuery,
  seriesAnswer,
  seriesQuery,
} from './rates/rates.contract.ts';

const tag = 'land';

export function landRoutes(land: LandService): Route[] {
  return [...eventRoutes(land), ...figureRoutes(land), ...periodRoutes(land)];
}

function eventRoutes({ events, findings }: LandService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/findings',
      tag,
      summary: 'What stands to be looked at on the land of a mine: where, how much, about which event or boundary',
      params: mineParams,
      query: findingListQuery,
      response: findingList,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params, query }) => findings.list(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/land-events',
      tag,
      summary: 'Events of the working ledger, retracted ones included',
      params: mineParams,
      query: eventListQuery,
      response: eventList,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params, query }) => events.list(viewer, params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/land-events',
      tag,
      summary: 'Record that land entered a stage on a day; If-Match takes the ledger revision that the author saw',
      params: mineParams,
      body: newEvent,
      response: recordedEvent,
      status: 201,
      access: 'signed-in',
      action: 'land.write',
      handle: ({ viewer, params, body, ifMatch }) => events.record(viewer, params.id, body, ifMatch),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/land-events/preview',
      tag,
      summary: 'What an event would cover and what is wrong with it; stores nothing',
      params: mineParams,
      body: newEvent,
      response: previewAnswer,
      access: 'signed-in',
      action: 'land.write',
      handle: ({ viewer, params, body }) => events.preview(viewer, params.id, body),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/land-events/:eid/retract',
      tag,
      summary: 'Take an event back; it stays on record and the land returns to what it was before',
      params: eventParams,
      body: retractBody,
      response: eventAnswer,
      access: 'signed-in',
      action: 'land.retract',
      handle: ({ viewer, params, body, ifMatch }) =>
        events.retract(viewer, params.id, params.eid, body.reason, ifMatch),
    }),
  ];
}

function figureRoutes({ partition, rates }: LandService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/land',
      tag,
      summary: 'The partition of the land on a date: every cell with its stage',
      params: mineParams,
      query: landQuery,
      response: landAnswer,
      access: 'public',
      handle: ({ viewer, params, query }) => partition.getLand(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/restoration',
      tag,
      summary: 'Areas and the five restoration rates on a date, with numerators, denominators and definitions',
      params: mineParams,
      query: restorationQuery,
      response: restorationAnswer,
      access: 'public',
      handle: ({ viewer, params, query }) => rates.getRestoration(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/restoration/series',
      tag,
      summary: 'The rates over time, each period reconciled in five terms',
      params: mineParams,
      query: seriesQuery,
      response: seriesAnswer,
      access: 'public',
      handle: ({ viewer, params, query }) => rates.getSeries(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/restoration',
      tag,
      summary: 'Rates of groups of mines, sum over sum; organisations with all below them',
      query: groupedQuery,
      response: groupedAnswer,
      access: 'public',
      handle: ({ viewer, query }) => rates.getGrouped(viewer, query),
    }),
  ];
}

function periodRoutes({ periods, restatements }: LandService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/restatements',
      tag,
      summary: 'Published periods that the ledger tells otherwise today, with what it has learnt since',
      params: mineParams,
      query: restatementQuery,
      response: restatementList,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params, query }) => restatements.list(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/published-periods',
      tag,
      summary: 'What was published of a mine, newest first',
      params: mineParams,
      query: periodListQuery,
      response: periodList,
      access: 'public',
      handle: ({ params, query }) => periods.list(params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/published-periods',
      tag,
      summary: 'Publish the ledger up to a date as it is known now; final',
      params: mineParams,
      body: newPeriod,
      response: periodAnswer,
      status: 201,
      access: 'signed-in',
      action: 'period.publish',
      handle: ({ viewer, params, body }) => periods.publish(viewer, params.id, body),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/plans',
      tag,
      summary: 'Areas planned by year',
      params: mineParams,
      response: planList,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params }) => periods.listPlans(viewer, params.id),
    }),
    route({
      method: 'put',
      path: '/api/v1/mines/:id/plans',
      tag,
      summary: 'Set the area planned for a year; If-Match where the year has a plan',
      params: mineParams,
      body: putPlan,
      response: recordedPlan,
      access: 'signed-in',
      action: 'plan.write',
      handle: ({ viewer, params, body, ifMatch }) => periods.putPlan(viewer, params.id, body, ifMatch),
    }),
  ];
}
