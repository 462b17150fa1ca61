import { packedBox, type PackedGeometry } from '../../../gis/geometry/packed.ts';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import { tileBox } from '../../../gis/tiles/mercator.ts';
import type { Box, IsoDate } from '../../../gis/types.ts';
import { GridIndex } from './grid-index.ts';
import { RecentMap } from './recent-map.ts';
import type { Audience, TileRow, TileSource } from './tile-source.ts';

export interface HeldFeature {
  readonly id: number;
  readonly areaM2: number;
  readonly attributes: TileRow['attributes'];
  readonly geometry: PackedGeometry;
}

/** Decoded features of one tile at the source's lowest zoom, sorted largest first: every deeper tile is cut from it. */
export interface FeatureBlock {
  readonly features: readonly HeldFeature[];
  find(box: Box): HeldFeature[];
}

export interface BlockRequest {
  readonly audience: Audience;
  /** What the rows depend on: layer revisions. */
  readonly version: string;
  readonly asAt: IsoDate;
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Part of a tile's side that is read beyond it; more than the encoder's buffer of 64/4096. */
const MARGIN = 0.02;
const BYTES_PER_FEATURE = 600;
const DECODED_BEFORE_YIELDING = 1000;

/**
 * Features in memory by layer, audience, date and layer revision. A tile asks for the block that it lies in; the block is
 * read from the database once, and again only when the revision moves. Bounded by bytes; least used blocks go first.
 */
export class FeatureBlocks {
  private readonly blocks: RecentMap<FeatureBlock>;
  private readonly loading = new Map<string, Promise<FeatureBlock>>();

  constructor(maxBytes: number) {
    this.blocks = new RecentMap(maxBytes);
  }

  async get(source: TileSource, request: BlockRequest): Promise<FeatureBlock> {
    const { audience, version, asAt } = request;
    const z = source.minZoom;
    const shift = 2 ** (request.z - z);
    const x = Math.floor(request.x / shift);
    const y = Math.floor(request.y / shift);
    const key = [source.layer, audience.key, asAt, version, z, x, y].join(' ');
    const held = this.blocks.get(key);
    if (held) return held;
    const running = this.loading.get(key);
    if (running) return running;
    const loading = this.load(source, audience, asAt, tileBox(z, x, y, MARGIN), key);
    this.loading.set(key, loading);
    try {
      return await loading;
    } finally {
      this.loading.delete(key);
    }
  }

  private async load(
    source: TileSource,
    audience: Audience,
    asAt: IsoDate,
    box: Box,
    key: string,
  ): Promise<FeatureBlock> {
    const rows = await source.listRows(audience, asAt, box);
    const features: HeldFeature[] = [];
    const boxes = new Map<HeldFeature, Box>();
    let bytes = 0;
    for (const [index, { id, areaM2, attributes, wkb }] of rows.entries()) {
      if (index % DECODED_BEFORE_YIELDING === DECODED_BEFORE_YIELDING - 1) await nextTurn();
      const geometry = decodeWkb(wkb);
      const extent = packedBox(geometry);
      if (!extent) continue;
      const feature = { id, areaM2, attributes, geometry };
      features.push(feature);
      boxes.set(feature, extent);
      bytes += geometry.positions.byteLength + BYTES_PER_FEATURE;
    }
    features.sort((a, b) => b.areaM2 - a.areaM2 || a.id - b.id);
    const index = new GridIndex(features.map(feature => boxes.get(feature) as Box));
    const block: FeatureBlock = {
      features,
      find: box => index.find(box).map(item => features[item] as HeldFeature),
    };
    this.blocks.set(key, block, bytes + 1000);
    return block;
  }
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
