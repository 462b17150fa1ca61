import { crsToWkt } from '../../../../gis/crs/to-wkt.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import type { ExportJob } from '../export-layer.ts';
import { PT_PER_MM, type SheetLayout } from './sheet-layout.ts';
import type { SheetPen } from './sheet-pen.ts';

/**
 * Ties the map frame to the ground (ISO 32000-2, 12.10: geospatial measure), so that readers of PDF show coordinates under the
 * pointer and GIS programs lay the sheet where it belongs.
 */
export function tieToGround({ document }: SheetPen, layout: SheetLayout, { crs }: ExportJob): void {
  const { map, heightMm, shown } = layout;
  const [west, south, east, north] = shown;
  const { inverse } = projectorFor(crs);
  const corners = [inverse([west, south]), inverse([west, north]), inverse([east, north]), inverse([east, south])];
  // A string to this library is a name; texts are objects.
  const words = (text: string): object => Object(text) as object;
  const system = document.ref({
    Type: 'PROJCS',
    EPSG: Number(crs.code.slice('EPSG:'.length)),
    WKT: words(crsToWkt(crs.code, 'ogc')),
  });
  system.end(undefined as never);
  const measure = document.ref({
    Type: 'Measure',
    Subtype: 'GEO',
    Bounds: [0, 0, 0, 1, 1, 1, 1, 0],
    GPTS: corners.flatMap(([lng, lat]) => [lat, lng]),
    LPTS: [0, 0, 0, 1, 1, 1, 1, 0],
    GCS: system,
  });
  measure.end(undefined as never);
  // PDF counts from the lower left corner of the page.
  const bottom = heightMm - map.y - map.height;
  const box = [map.x, bottom, map.x + map.width, bottom + map.height].map(mm => mm * PT_PER_MM);
  const viewport = document.ref({ Type: 'Viewport', Name: words('Map'), BBox: box, Measure: measure });
  viewport.end(undefined as never);
  (document.page.dictionary.data as Record<string, unknown>)['VP'] = [viewport];
}
