import { route, type Route } from '../../platform/http/route.ts';
import { vocabulariesAnswer, type VocabulariesAnswer } from './vocabularies.contract.ts';
import { VOCABULARIES } from './vocabularies.ts';

/** The same for everybody, and the same until the product changes. */
export function vocabulariesRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/vocabularies',
      tag: 'vocabularies',
      summary: 'Every code list with its names in both languages',
      response: vocabulariesAnswer,
      access: 'public',
      async handle({ res }) {
        res.set('cache-control', 'public, max-age=300');
        return VOCABULARIES as unknown as VocabulariesAnswer;
      },
    }),
  ];
}
