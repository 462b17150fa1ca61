import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { route, type Route } from '../../platform/http/route.ts';
import { whileAsked } from '../../platform/http/serving/while-asked.ts';
import { FORMATS } from '../formats/export-formats.ts';
import { exportQuery } from './export.contract.ts';
import type { ExportService } from './export.service.ts';

export function exportRoutes(exports: ExportService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/exports',
      tag: 'exports',
      summary: 'A selection on a day as one file: what the reader may see of it, in the format and system asked for',
      query: exportQuery,
      produces: [...new Set(Object.values(FORMATS).map(format => format.mediaType))],
      access: 'public',
      async handle({ viewer, query, res }) {
        const gone = whileAsked(res);
        const file = await exports.write(viewer, query, gone);
        try {
          const { size } = await stat(file.path);
          res
            .set({
              'content-type': file.mediaType,
              'content-length': String(size),
              'content-disposition': `attachment; filename="${file.name}"`,
              'cache-control': 'private, no-store',
              'x-export-crs': file.crs,
              'x-export-records': String(file.records),
              'x-export-left-out': String(file.leftOut),
            })
            .status(200);
          await pipeline(createReadStream(file.path), res).catch((error: unknown) => {
            // Whoever asked has gone: nobody is left to be told.
            if (!gone.aborted) throw error;
          });
        } finally {
          await file.discard();
        }
      },
    }),
  ];
}
