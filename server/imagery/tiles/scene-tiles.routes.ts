import { route, type Route } from '../../platform/http/route.ts';
import { whileAsked } from '../../platform/http/serving/while-asked.ts';
import { indexLegends, sceneTileParams, sceneTileQuery } from './scene-tiles.contract.ts';
import type { SceneTilesService } from './scene-tiles.service.ts';

export function sceneTilesRoutes(tiles: SceneTilesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/indices',
      tag: 'imagery',
      summary: 'Spectral indices: formula, bands, colours of the legend',
      response: indexLegends,
      access: 'public',
      handle: async () => tiles.legends(),
    }),
    route({
      method: 'get',
      path: '/tiles/scenes/:id/:index/:z/:x/:y.png',
      tag: 'tiles',
      summary: 'A scene as picture, 256 px; transparent where there is no data',
      params: sceneTileParams,
      query: sceneTileQuery,
      produces: 'image/png',
      otherStatuses: { 304: 'As the caller has it' },
      access: 'public',
      async handle({ viewer, params, query, req, res }) {
        const picture = await tiles.plan(viewer, params);
        const isVersioned = query.v !== undefined;
        res.set({
          etag: picture.etag,
          'cache-control': !picture.isPublic
            ? 'private, no-store'
            : isVersioned
              ? 'public, max-age=31536000, immutable'
              : 'public, max-age=300',
          vary: 'Cookie, Authorization',
        });
        const known = (req.get('if-none-match') ?? '').split(',').map(one => one.trim().replace(/^W\//, ''));
        if (known.includes(picture.etag)) {
          res.status(304).end();
          return;
        }
        const png = await tiles.draw(picture, whileAsked(res));
        res.status(200).set('content-type', 'image/png').set('content-length', String(png.byteLength)).end(png);
      },
    }),
  ];
}
