import { fromMercator } from '../../../gis/tiles/mercator.ts';

// Where each pixel of a Web Mercator tile lies in another coordinate system: exact at the 17 x 17 nodes of a mesh over
// the tile, linear in between. At 16 pixels a cell the deviation stays far below one source pixel (see the test), and a
// tile costs 289 projections instead of 65,536.
export const TILE_SIZE_PX = 256;
const CELLS = 16;
const NODES = CELLS + 1;
const CELL_PX = TILE_SIZE_PX / CELLS;

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** `[lng, lat]` in degrees to `[x, y]` of the target system; NaN where the projection has no answer. */
export type ProjectFromLngLat = (lng: number, lat: number) => readonly [number, number];

/** Coordinates of the mesh nodes, row by row from the north-west, in the target system. */
export interface WarpMesh {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Longitude and latitude of a place in a tile; `px` and `py` count from the north-west corner, in tile pixels. */
export function tilePlace(tile: TileAddress, px: number, py: number): readonly [lng: number, lat: number] {
  const tiles = 2 ** tile.z;
  return fromMercator((tile.x + px / TILE_SIZE_PX) / tiles, (tile.y + py / TILE_SIZE_PX) / tiles);
}

export function buildWarpMesh(tile: TileAddress, project: ProjectFromLngLat): WarpMesh {
  const x = new Float64Array(NODES * NODES);
  const y = new Float64Array(NODES * NODES);
  for (let row = 0; row < NODES; row++) {
    for (let col = 0; col < NODES; col++) {
      const [lng, lat] = tilePlace(tile, col * CELL_PX, row * CELL_PX);
      const [nodeX, nodeY] = project(lng, lat);
      x[row * NODES + col] = nodeX;
      y[row * NODES + col] = nodeY;
    }
  }
  return { x, y };
}

/** Coordinates of the 256 pixel centres of one row of the tile, written into `outX` and `outY`. */
export function interpolateRow(mesh: WarpMesh, pixelRow: number, outX: Float64Array, outY: Float64Array): void {
  const down = (pixelRow + 0.5) / CELL_PX;
  const above = Math.min(CELLS - 1, Math.floor(down));
  const t = down - above;
  const top = above * NODES;
  const bottom = top + NODES;
  for (let cell = 0; cell < CELLS; cell++) {
    const leftX = mix(mesh.x, top + cell, bottom + cell, t);
    const rightX = mix(mesh.x, top + cell + 1, bottom + cell + 1, t);
    const leftY = mix(mesh.y, top + cell, bottom + cell, t);
    const rightY = mix(mesh.y, top + cell + 1, bottom + cell + 1, t);
    for (let step = 0; step < CELL_PX; step++) {
      const s = (step + 0.5) / CELL_PX;
      const at = cell * CELL_PX + step;
      outX[at] = leftX + (rightX - leftX) * s;
      outY[at] = leftY + (rightY - leftY) * s;
    }
  }
}

function mix(values: Float64Array, from: number, to: number, t: number): number {
  const start = values[from] as number;
  return start + ((values[to] as number) - start) * t;
}

/** Ground covered by one tile pixel in the middle of the tile, in units of the target system (the shorter side). */
export function pixelSizeAtCentre(mesh: WarpMesh): number {
  const middle = (CELLS / 2) * NODES + CELLS / 2;
  const across = Math.hypot(at(mesh.x, middle + 1) - at(mesh.x, middle), at(mesh.y, middle + 1) - at(mesh.y, middle));
  const down = Math.hypot(
    at(mesh.x, middle + NODES) - at(mesh.x, middle),
    at(mesh.y, middle + NODES) - at(mesh.y, middle),
  );
  return Math.min(across, down) / CELL_PX;
}

const at = (values: Float64Array, index: number): number => values[index] as number;
