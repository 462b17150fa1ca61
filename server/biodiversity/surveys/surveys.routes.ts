import { mineParams } from '../../mines/mines.contract.ts';
import { route, type Route } from '../../platform/http/route.ts';
import { newSurvey, surveyAnswer, surveyList, surveyListQuery } from './surveys.contract.ts';
import type { SurveysService } from './surveys.service.ts';

export function surveysRoutes(surveys: SurveysService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/mines/:id/surveys',
      tag: 'biodiversity',
      summary: 'Surveys of a mine that the caller may know of',
      params: mineParams,
      query: surveyListQuery,
      response: surveyList,
      access: 'public',
      handle: ({ viewer, params, query }) => surveys.list(viewer, params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/surveys',
      tag: 'biodiversity',
      summary: 'Add a survey',
      params: mineParams,
      body: newSurvey,
      response: surveyAnswer,
      status: 201,
      access: 'signed-in',
      action: 'occurrence.write',
      handle: ({ viewer, params, body }) => surveys.create(viewer, params.id, body),
    }),
  ];
}
