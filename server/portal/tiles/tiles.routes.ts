import { route, type Route } from '../../platform/http/route.ts';
import { tileJson, tileJsonQuery, tileLayerParams, tileParams, tileQuery } from './tiles.contract.ts';
import type { TilePlan, TilesService } from './tiles.service.ts';

const MIN_BYTES_TO_COMPRESS = 1024;
const MVT = 'application/vnd.mapbox-vector-tile';

export function tilesRoutes(tiles: TilesService): Route[] {
  return [
    route({
      method: 'get',
      path: '/tiles/:layer.json',
      tag: 'tiles',
      summary: 'TileJSON of a layer',
      params: tileLayerParams,
      query: tileJsonQuery,
      response: tileJson,
      access: 'public',
      async handle({ viewer, params, query, req }) {
        const { layer, minZoom, maxZoom, fields } = tiles.getSource(params.layer);
        const version = await tiles.getVersion(viewer, layer);
        const search = new URLSearchParams({ ...(query.asAt === undefined ? {} : { asAt: query.asAt }), v: version });
        const origin = `${req.protocol}://${req.get('host') ?? 'localhost'}`;
        return {
          tilejson: '3.0.0' as const,
          name: layer,
          scheme: 'xyz' as const,
          tiles: [`${origin}/tiles/${layer}/{z}/{x}/{y}.mvt?${search.toString()}`],
          version: '1.0.0',
          minzoom: minZoom,
          maxzoom: maxZoom,
          bounds: [-180, -85.051129, 180, 85.051129],
          vector_layers: [{ id: layer, minzoom: minZoom, maxzoom: maxZoom, fields: { ...fields } }],
        };
      },
    }),
    route({
      method: 'get',
      path: '/tiles/:layer/:z/:x/:y.mvt',
      tag: 'tiles',
      summary: 'A vector tile; 204 when there is nothing to draw',
      params: tileParams,
      query: tileQuery,
      produces: MVT,
      otherStatuses: { 204: 'Nothing to draw', 304: 'As the caller has it' },
      access: 'public',
      async handle({ viewer, params, query, req, res }) {
        const plan = await tiles.plan(viewer, params, query.asAt);
        res.set({
          etag: plan.etag,
          'cache-control': cacheControl(plan, query),
          vary: 'Cookie, Authorization, Accept-Encoding',
        });
        if (matches(req.get('if-none-match'), plan.etag)) {
          res.status(304).end();
          return;
        }
        const tile = await tiles.draw(viewer, plan);
        const { bytes, isTruncated } = tile;
        if (isTruncated) res.set('x-tile-truncated', '1');
        if (bytes.byteLength === 0) {
          res.status(204).end();
          return;
        }
        res.status(200).set('content-type', MVT);
        const isWorthIt = bytes.byteLength >= MIN_BYTES_TO_COMPRESS && req.acceptsEncodings('gzip') !== false;
        if (!isWorthIt) {
          res.end(bytes);
          return;
        }
        res.set('content-encoding', 'gzip').end(await tile.gzipped());
      },
    }),
  ];
}

/**
 * Kept outside only what everybody may see, and only under an address that names its version; without `asAt` it is a
 * picture of today and no longer true tomorrow.
 */
function cacheControl(plan: TilePlan, query: { asAt?: string | undefined; v?: string | undefined }): string {
  if (!plan.isPublic) return 'private, no-store';
  if (query.v !== plan.version) return 'public, no-cache';
  return query.asAt === undefined ? 'public, max-age=3600' : 'public, max-age=31536000, immutable';
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some(one => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
