import type { ExportFormatId, ExportWhat } from '../../../../server/exchange/export/export.contract.ts';

export const WHATS: readonly ExportWhat[] = ['land', 'mines', 'facilities', 'habitats', 'occurrences'];

export type Crs = 'EPSG:4490' | 'EPSG:4326' | 'auto';
export type Encoding = 'utf-8' | 'utf-8-bom' | 'gbk' | 'gb18030';

interface FormatChoice {
  readonly points: boolean;
  readonly polygons: boolean;
  /** The first one is what the format has when nobody chooses; a single one is no choice. */
  readonly crs: readonly Crs[];
  readonly encodings: readonly Encoding[];
}

const DEGREES: readonly Crs[] = ['EPSG:4490', 'EPSG:4326', 'auto'];
const format = (
  crs: readonly Crs[],
  encodings: readonly Encoding[] = ['utf-8'],
  points = true,
  polygons = true,
): FormatChoice => ({ points, polygons, crs, encodings });

/** What can be chosen of each format; the server has the last word. */
export const FORMAT_CHOICES: Readonly<Record<ExportFormatId, FormatChoice>> = {
  pdf: format(['auto'], ['utf-8'], false),
  xlsx: format(['EPSG:4490']),
  csv: format(DEGREES, ['utf-8-bom', 'utf-8', 'gb18030']),
  jzd: format(['auto'], ['gbk', 'gb18030', 'utf-8'], false),
  shp: format(DEGREES, ['utf-8', 'gbk']),
  gpkg: format(DEGREES),
  geojson: format(['EPSG:4326', 'EPSG:4490', 'auto']),
  kml: format(['EPSG:4326']),
  dxf: format(['auto'], ['gbk']),
  dwca: format(['EPSG:4326'], ['utf-8'], true, false),
};

/** Formats that can hold a layer, the most asked for first. */
export function formatsFor(what: ExportWhat): readonly ExportFormatId[] {
  const isPoints = what === 'occurrences';
  return (Object.keys(FORMAT_CHOICES) as ExportFormatId[]).filter(id =>
    isPoints ? FORMAT_CHOICES[id].points : FORMAT_CHOICES[id].polygons,
  );
}
