import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeTile } from '../../../gis/tiles/encode-tile.ts';
import { isTile, tileBox } from '../../../gis/tiles/mercator.ts';
import type { IsoDate } from '../../../gis/types.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { layerRevision } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { FeatureBlocks, type HeldFeature } from './feature-blocks.ts';
import { RecentMap } from './recent-map.ts';
import type { Audience, TileSource } from './tile-source.ts';

export interface TileAddress {
  readonly layer: string;
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** What a tile is, before any of it is read: enough to answer "not modified". */
export interface TilePlan {
  readonly source: TileSource;
  readonly audience: Audience;
  readonly address: TileAddress;
  readonly asAt: IsoDate;
  /** The `v` of the tile's address: moves whenever what this audience sees of the layer may have changed. */
  readonly version: string;
  /** Strong, quoted. */
  readonly etag: string;
  readonly isPublic: boolean;
}

export interface Tile {
  /** Empty = nothing to draw. */
  readonly bytes: Uint8Array;
  /** Some features were left out. */
  readonly isTruncated: boolean;
  /** The bytes gzipped, once for all who ask. */
  gzipped(): Promise<Uint8Array>;
}

export interface TilesService {
  readonly sources: readonly TileSource[];
  /** @throws AppError `tile-layer-unknown` */
  getSource(layer: string): TileSource;
  /** @throws AppError `tile-layer-unknown` */
  getVersion(viewer: Viewer, layer: string): Promise<string>;
  /** @throws AppError `tile-layer-unknown`, `tile-out-of-range` */
  plan(viewer: Viewer, address: TileAddress, asAt: IsoDate | undefined): Promise<TilePlan>;
  draw(viewer: Viewer, plan: TilePlan): Promise<Tile>;
}

export interface TilesDeps {
  readonly db: Database;
  readonly sources: readonly TileSource[];
  /** Today in UTC; what `asAt` is when nobody says. */
  readonly today?: (() => IsoDate) | undefined;
  readonly maxHeldBytes?: number | undefined;
}

/** Moves when the same rows are drawn differently, or with other attributes. */
const ENCODER_VERSION = 2;
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const MAX_TILE_BYTES = 32 * 1024 * 1024;
const BUFFER_SHARE = 64 / 4096;

/** Vector tiles of every layer, drawn by one encoder whichever database is behind. */
export function createTilesService(deps: TilesDeps): TilesService {
  const { db, sources } = deps;
  const today = deps.today ?? (() => new Date().toISOString().slice(0, 10));
  const byLayer = new Map<string, TileSource>(sources.map(source => [source.layer, source]));
  const blocks = new FeatureBlocks(deps.maxHeldBytes ?? MAX_HELD_BYTES);
  const drawn = new RecentMap<{ tile: Tile; shown: readonly HeldFeature[] }>(MAX_TILE_BYTES);

  const getSource = (layer: string): TileSource => {
    const source = byLayer.get(layer);
    if (!source) throw new AppError('tile-layer-unknown', { layer });
    return source;
  };

  const versionOf = async (source: TileSource, audience: Audience): Promise<string> => {
    const revisions: number[] = [];
    for (const layer of source.revisionsOf(audience)) revisions.push(await layerRevision(db.knex, layer));
    if (source.ownRevision) revisions.push(await source.ownRevision(audience));
    // Others than the public get other addresses, so that no cache hands one audience the tile of another.
    const suffix = audience.key === 'public' ? [] : [shortHash(audience.key)];
    return [...revisions, ...suffix].join('.');
  };

  return {
    sources,
    getSource,

    getVersion: (viewer, layer) => {
      const source = getSource(layer);
      return versionOf(source, source.audienceOf(viewer));
    },

    async plan(viewer, address, asked) {
      const source = getSource(address.layer);
      const { z, x, y } = address;
      const { minZoom, maxZoom } = source;
      if (!isTile(z, x, y) || z < minZoom || z > maxZoom) {
        throw new AppError('tile-out-of-range', { ...address, minZoom, maxZoom });
      }
      const audience = source.audienceOf(viewer);
      const version = await versionOf(source, audience);
      const asAt = asked ?? today();
      const identity = [ENCODER_VERSION, source.layer, audience.key, version, asAt, z, x, y].join(' ');
      return {
        source,
        audience,
        address,
        asAt,
        version,
        etag: `"${shortHash(identity)}"`,
        isPublic: audience.key === 'public',
      };
    },

    async draw(viewer, plan) {
      const { source, audience, address, asAt, version, etag } = plan;
      const { z, x, y } = address;
      let found = drawn.get(etag);
      if (!found) {
        const block = await blocks.get(source, { audience, version, asAt, z, x, y });
        const candidates = block.find(tileBox(z, x, y, BUFFER_SHARE));
        const shown = candidates.slice(0, source.limit);
        const layer = { name: source.layer, features: shown, doubleKeys: source.doubleKeys };
        const bytes = encodeTile([layer], z, x, y);
        found = { tile: toTile(bytes, candidates.length > source.limit), shown };
        drawn.set(etag, found, 2 * bytes.byteLength + 500);
      }
      if (source.recordServed) {
        await source.recordServed(
          viewer,
          audience,
          found.shown.map(feature => feature.attributes),
        );
      }
      return found.tile;
    },
  };
}

const compress = promisify(gzip);

function toTile(bytes: Uint8Array, isTruncated: boolean): Tile {
  let packed: Promise<Uint8Array> | undefined;
  return { bytes, isTruncated, gzipped: () => (packed ??= compress(bytes, { level: 4 })) };
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
