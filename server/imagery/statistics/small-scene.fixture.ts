import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { encodeWkb } from '../../../gis/geometry/wkb.ts';
import type { RasterGrid } from '../../../gis/raster/raster-file.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { projectorOfGrid } from '../rasters/footprint.ts';
import type { SceneSource } from '../rasters/open-scene.ts';
import type { ZoneTarget } from './measure-zones.ts';

/** A zone as the job hands it on. */
export const zoneTarget = (geometry: Polygonal): ZoneTarget => ({
  wkb: encodeWkb(geometry, 4326),
  areaM2: polygonAreaM2(geometry),
});
/** A scene whose samples are reflectances, without mask. */
export const plainScene = (files: SceneSource['files'], rest: Partial<SceneSource>): SceneSource => ({
  files,
  bands: {},
  mask: null,
  maskClasses: [],
  keepClasses: [],
  scale: 1,
  offset: 0,
  noData: undefined,
  ...rest,
});

/** 6 x 4 cells of 10 m. */
export const smallGrid: RasterGrid = {
  width: 6,
  height: 4,
  originX: 500_000,
  originY: 3_900_040,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32650',
};
const toLngLat = projectorOfGrid(smallGrid);
/** Metres from the south-west corner of `smallGrid` in, degrees out. */
export const rectangleOnGrid = (west: number, south: number, east: number, north: number): Polygonal => {
  const corners: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const ring = corners.map(([x, y]) => toLngLat.inverse([smallGrid.originX + x, smallGrid.originY - 40 + y]));
  return { type: 'Polygon', coordinates: [ring] };
};
