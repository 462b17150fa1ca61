import { z } from 'zod';

/** What a person has decided about a file. Each of these is offered by a finding; what is not decided is found out. */
export const fixesSchema = z
  .strictObject({
    crs: z.templateLiteral(['EPSG:', z.int().positive()]).describe('system of the coordinates, whatever the file says'),
    order: z.enum(['northing-easting', 'easting-northing', 'lng-lat', 'lat-lng']),
    notation: z
      .enum(['metres', 'degrees', 'packed-dms', 'run-dms'])
      .describe('38.0605 and 380605 are both 38°06′05″: the first is packed, the second a run'),
    towgs84: z.array(z.number()).refine(list => list.length === 3 || list.length === 7),
    datum: z.enum(['xian80', 'beijing54']),
    offset: z.enum(['none', 'GCJ-02', 'BD-09']).describe('offset of a web map that is taken off'),
    areaUnitM2: z.number().positive().describe('square metres in one unit of the declared areas'),
    encoding: z.string().max(40),
    table: z.string().max(200).describe('layer, sheet or Shapefile of a file that has several'),
    layers: z
      .record(z.string().max(255), z.boolean())
      .describe('layers of a drawing that are read or left out; the others are read unless they are frozen or off'),
    repair: z.literal(true).describe('take the repaired outlines'),
    closeGaps: z.literal(true).describe('take a last point close to the first for the first'),
    fillGaps: z.literal(true).describe('narrow gaps between rows go to the later row'),
    fillRecorded: z.literal(true).describe('narrow gaps to land of the ledger go to the row'),
    fillBoundary: z.literal(true).describe('narrow gaps to the boundary of the mine go to the row'),
    acceptAreas: z.literal(true).describe('keep the computed areas where declared ones differ'),
    acceptOverlaps: z.literal(true).describe('rows may overlap: the later one counts'),
    acceptPlace: z.literal(true).describe('the rows do lie far from the mine'),
    takeAreas: z.literal(true).describe('plots are areas whatever their heads say'),
    leaveOut: z.literal(true).describe('rows that bound no land, and cannot be repaired to, are left out'),
    eachRow: z.literal(true).describe('each row is read by its own numbers, in its own zone and order of columns'),
    unitM: z.literal(1_000).describe('metres in one unit of the coordinates'),
    again: z.literal(true).describe('write a file that was written before'),
  })
  .partial();
export type Fixes = z.output<typeof fixesSchema>;
