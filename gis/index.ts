/**
 * The computing core, as others see it: pure functions that run in Node, in a worker and in the browser. It imports
 * nothing of the rest of the product, no file system, no network, no clock. One block of lines a room.
 */
export type * from './types.ts';
export { GisError } from './errors.ts';
export * from './units.ts';

// earth: the one ellipsoid; areas and lengths on it
export { EARTH_AREA_M2 } from './earth/ellipsoid.ts';
export { cellAreaM2, rowCellAreasM2 } from './earth/cell-area.ts';
export { geodesicDistanceM, geodesicLine, type GeodesicLine } from './earth/geodesic.ts';
export { polygonAreaM2, polygonPerimeterM, ringPerimeterM } from './earth/polygon-area.ts';
export { flatRingAreaM2, ringAreaM2 } from './earth/ring-area.ts';

// crs: what is accepted, recognised and projected
export { STORAGE_CRS, type Crs, type CrsCode } from './crs/crs.ts';
export { getCrs, parseCrs, type ParseCrsOptions } from './crs/parse-crs.ts';
export { findCgcs2000Code } from './crs/families.ts';
export { projectorFor, type Projector } from './crs/projector.ts';
export { projectPolygon, type ProjectOptions } from './crs/project-polygon.ts';
export {
  detectSurveyCrs,
  fromPackedDms,
  type ColumnOrder,
  type SurveyCandidate,
  type SurveyDetection,
  type SurveyHints,
} from './crs/detect-survey-crs.ts';

// geometry: judge, put right, encode
export {
  packGeometry,
  packedBox,
  unpackPolygons,
  type MultiPointGeometry,
  type PackedGeometry,
  type PointGeometry,
} from './geometry/packed.ts';
export { decodeWkb, encodeWkb, polygonsFromWkb, type DecodedWkb } from './geometry/wkb.ts';
export {
  normalisePolygonal,
  SNAP_DEG,
  snapDegrees,
  type LoosePolygonal,
  type Normalised,
  type RepairCode,
} from './geometry/normalise.ts';
export { hasErrors, MAX_VERTICES, validatePolygonal, type ValidationLimits } from './geometry/validate.ts';
export { repairPolygonal } from './geometry/repair/repair-polygonal.ts';
export { splitAtDateLine } from './geometry/repair/date-line.ts';
export { coveredPolygons } from './geometry/repair/polygons-of-edges.ts';
export { assemblePolygons } from './geometry/assemble.ts';
export { contains, PolygonLocator } from './geometry/position/locate.ts';
export { pointOnSurface } from './geometry/position/point-on-surface.ts';
export { boxContains, boxesMeet, boxOf, boxUnion } from './geometry/position/box.ts';
export { ISSUE_MESSAGES, issueMessage, type IssueMessage } from './geometry/issue-messages.ts';

// tiles: web mercator and vector tiles
export { fromMercator, isTile, MAX_ZOOM, mercatorX, mercatorY, tileAt, tileBox } from './tiles/mercator.ts';
export { decodeTile, type DecodedFeature, type DecodedLayer } from './tiles/decode-tile.ts';
export { encodeTile, type TileFeature, type TileLayer, type TileOptions } from './tiles/encode-tile.ts';
export type { AttributeValue, Attributes } from './tiles/attributes.ts';

// series: what a row of dates says, or why it says nothing
export { trend, type SeriesPoint, type TrendOptions, type TrendResult } from './series/trend.ts';
export {
  compareSeason,
  dayOfYear,
  MIN_VALID_FRACTION,
  sameSeason,
  yearDecimal,
  type Observation,
  type SeasonComparison,
  type SeasonOptions,
} from './series/season.ts';
export { seasonTrend, type LeftOut, type SeasonTrendResult } from './series/season-trend.ts';
export {
  fitHarmonic,
  harmonicValue,
  type HarmonicFit,
  type HarmonicOptions,
  type HarmonicResult,
} from './series/harmonic.ts';
export {
  recoveryIndex,
  type RecoveryInput,
  type RecoveryOptions,
  type RecoveryResult,
  type ZoneEvidence,
} from './series/recovery.ts';

// rasters and zones: blocks in, figures out
export { createBlockCache, type BlockCache } from './raster/block-cache.ts';
export type { BlockLease } from './raster/block-lease.ts';
export { openGeoTiff, type OpenGeoTiffOptions } from './raster/open-geotiff.ts';
export type {
  BandBlock,
  RangeSource,
  RasterBand,
  RasterCodecs,
  RasterFile,
  RasterGrid,
  RasterImage,
  SampleType,
} from './raster/raster-file.ts';
export { createInflateBlocks, type InflateOne } from './raster/tiff/inflate/inflate-blocks.ts';
export type {
  DeflatedBlock,
  InflateBlocks,
  InflatedBlock,
  PredictedRows,
} from './raster/tiff/inflate/deflated-block.ts';
export {
  accumulateZonal,
  computeZonal,
  finishZonal,
  planZonal,
  type ZonalResult,
  type ZonalResults,
  type ZoneWithoutFigures,
} from './zonal/compute-zonal.ts';
export { toMessage as toZoneSumsMessage, type ZoneSumsMessage } from './zonal/sums/merge-zone-sums.ts';
export { type ZoneSums } from './zonal/sums/zone-sums.ts';
export { computeDates } from './zonal/summing/compute-dates.ts';
export { computeExpressions, type ExpressionsResult, type UsedBand } from './zonal/summing/compute-expressions.ts';
export type { ZonalPlan, ZonalRequest } from './zonal/zonal-plan.ts';
export type { Zone, ZoneFault } from './zonal/zone-shape.ts';
export type { StatName } from './zonal/statistics.ts';
export type { BandSource, ClassMask } from './zonal/block-inputs.ts';
export { rolesOf, type BandRole, type Expression, type ExpressionOptions } from './zonal/expression.ts';
