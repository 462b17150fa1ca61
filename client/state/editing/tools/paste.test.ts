import { describe, expect, it } from 'vitest';
import { readPasted } from './paste.ts';

const RING = [
  [112, 35],
  [112.1, 35],
  [112, 35.1],
  [112, 35],
];

describe('pasted polygons', () => {
  it.each([
    ['a WKT polygon', 'POLYGON ((112 35, 112.1 35, 112 35.1, 112 35))'],
    ['EWKT with heights', 'SRID=4326;POLYGON Z((112 35 7, 112.1 35 7, 112 35.1 7, 112 35 7))'],
    ['a GeoJSON polygon', JSON.stringify({ type: 'Polygon', coordinates: [RING] })],
    [
      'a Feature',
      JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [RING] } }),
    ],
    ['lines with point numbers', '1, 112, 35\n2, 112.1, 35\n3, 112, 35.1\n4, 112, 35'],
    ['lines with blanks', '112 35\r\n112.1 35\r\n112 35.1\r\n112 35'],
  ])('reads %s', (_name, text) => {
    const pasted = readPasted(text);
    expect(pasted).toMatchObject({ ok: true, geometry: { type: 'Polygon' } });
    if (pasted.ok) expect(pasted.geometry.coordinates[0]).toEqual(RING);
  });

  it('reads a multipolygon with a hole', () => {
    const pasted = readPasted('MULTIPOLYGON(((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1)),((20 20,21 20,21 21,20 20)))');
    expect(pasted).toMatchObject({ ok: true, geometry: { type: 'MultiPolygon' } });
    if (pasted.ok) expect(pasted.geometry.coordinates.map(part => part.length)).toEqual([2, 1]);
  });

  it.each([
    ['', 'empty'],
    ['hello', 'unreadable'],
    ['{"type":', 'unreadable'],
    ['POINT(1 2)', 'not-polygon'],
    ['{"type":"LineString","coordinates":[[1,2],[3,4]]}', 'not-polygon'],
    ['438683.65 3751508.51\n438783.65 3751508.51\n438683.65 3751608.51', 'out-of-range'],
    ['112 35\n113 35', 'unreadable'],
    ['{"type":"Polygon","coordinates":[[[1,null],[2,3],[4,5]]]}', 'unreadable'],
  ])('refuses %j as %s', (text, code) => {
    expect(readPasted(text)).toEqual({ ok: false, code });
  });
});
