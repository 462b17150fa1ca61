import { route, type Route } from '../../platform/http/route.ts';
import { whileAsked } from '../../platform/http/serving/while-asked.ts';
import { fixesSchema } from '../diagnosis/fixes.ts';
import {
  importAnswer,
  importList,
  importListQuery,
  importParams,
  importQuery,
  verdictAnswer,
} from './imports.contract.ts';
import type { ImportsService } from './imports.service.ts';
import { mappingSchema } from './mapping/mapping.ts';

export function importsRoutes(imports: ImportsService): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/v1/imports',
      tag: 'imports',
      summary:
        'Examine a survey file (界址点 txt, Shapefile zip, GeoPackage, GeoJSON, KML/KMZ, DXF, CSV, XLSX, GPX) and, without `dryRun`, ' +
        'write its rows to the ledger of a mine, all or none. A file that may not be written is 422 with its findings.',
      query: importQuery,
      multipart: {
        file: 'file',
        description: 'one survey file; the parts of a Shapefile as one ZIP',
        isMany: false,
        fields: { mapping: mappingSchema, fixes: fixesSchema },
        required: ['file'],
      },
      response: importAnswer,
      // By its id: what was found may be large, and whether its rows are written by now is what matters.
      repeat: ({ id, viewer }) => imports.get(viewer, Number(id)),
      otherStatuses: { 201: 'written', 202: 'being written by the job that is named' },
      access: 'signed-in',
      action: 'land.write',
      async handle({ viewer, query, req, res }) {
        const answer = await imports.receive(viewer, query, req, whileAsked(res));
        const status = answer.state === 'checked' ? 200 : answer.state === 'written' ? 201 : 202;
        res
          .status(status)
          .set({ location: `/api/v1/imports/${answer.id}`, 'cache-control': 'no-store' })
          .json(answer);
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/imports',
      tag: 'imports',
      summary: 'Files that were examined or written for a mine, latest first',
      query: importListQuery,
      response: importList,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, query }) => imports.list(viewer, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/imports/:id',
      tag: 'imports',
      summary: 'One examined file with its findings, and whether it was written',
      params: importParams,
      response: importAnswer,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params }) => imports.get(viewer, params.id),
    }),
    route({
      method: 'get',
      path: '/api/v1/imports/:id/verdict',
      tag: 'imports',
      summary: 'What was found in a file, signed by this installation (Ed25519)',
      params: importParams,
      response: verdictAnswer,
      access: 'signed-in',
      action: 'land.readWorking',
      handle: ({ viewer, params }) => imports.getVerdict(viewer, params.id),
    }),
    route({
      method: 'get',
      path: '/api/v1/imports/:id/verdict.pdf',
      tag: 'imports',
      summary:
        'The verdict as PDF, signed as readers of PDF check it: how the file was read, areas by method, findings, points',
      params: importParams,
      produces: 'application/pdf',
      access: 'signed-in',
      action: 'land.readWorking',
      async handle({ viewer, params, res }) {
        const pdf = await imports.printVerdict(viewer, params.id);
        const name = `attachment; filename="verdict-${params.id}.pdf"`;
        res.set({ 'content-disposition': name, 'cache-control': 'no-store' }).type('application/pdf').send(pdf);
      },
    }),
  ];
}
