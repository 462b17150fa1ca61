import { route, type Route } from '../../platform/http/route.ts';
import { newTaxon, taxonAnswer, taxonList, taxonListQuery } from './taxa.contract.ts';
import type { TaxaService } from './taxa.service.ts';

export function taxaRoutes(taxa: TaxaService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/taxa',
      tag: 'biodiversity',
      summary: 'Taxa with their protection, by scientific name',
      query: taxonListQuery,
      response: taxonList,
      access: 'public',
      handle: ({ query }) => taxa.list(query),
    }),
    route({
      method: 'post',
      path: '/api/v1/taxa',
      tag: 'biodiversity',
      summary: 'Add a taxon',
      body: newTaxon,
      response: taxonAnswer,
      status: 201,
      access: 'signed-in',
      action: 'taxon.write',
      handle: ({ viewer, body }) => taxa.create(viewer, body),
    }),
  ];
}
