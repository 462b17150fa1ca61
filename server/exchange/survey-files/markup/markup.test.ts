import { describe, expect, it } from 'vitest';
import { suggestMapping } from '../../imports/mapping/suggest-mapping.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { zipOf } from '../../../../test/survey/zip-of.ts';

type Corner = readonly [lng: number, lat: number];
const square = (west: number, south: number, size = 0.001): Corner[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

describe('tracks', () => {
  const track = (...segments: readonly (readonly Corner[])[]): string => {
    const points = (all: readonly Corner[]): string =>
      all.map(([lng, lat]) => `<trkpt lat="${lat}" lon="${lng}"/>`).join('');
    const inner = segments.map(segment => `<trkseg>${points(segment)}</trkseg>`).join('');
    return `<?xml version="1.0"?><gpx version="1.1"><trk><name>绕界</name>${inner}</trk></gpx>`;
  };

  it('that lost their satellites on the way are one walk round one plot', async () => {
    const around = square(112, 35);
    const answer = await diagnoseBytes(track(around.slice(0, 2), around.slice(2, 4)), 'a.gpx');
    expect(answer.rows.map(({ name, areaM2 }) => [name, Math.round(areaM2 / 10)])).toEqual([['绕界', 1013]]);
    expect(answer.codes).toContain('track-taken-as-ring');
  });

  it('that go round twice are two plots', async () => {
    const answer = await diagnoseBytes(track(square(112, 35), square(112.01, 35)), 'a.gpx');
    expect(answer.rows).toHaveLength(2);
    expect(answer.errorCount).toBe(0);
  });
});

describe('placemarks', () => {
  const ring = (corners: readonly Corner[]): string =>
    `<LinearRing><coordinates>${corners.map(([lng, lat]) => `${lng},${lat},0`).join(' ')}</coordinates></LinearRing>`;
  const polygon = (outer: readonly Corner[], ...holes: readonly (readonly Corner[])[]): string =>
    `<Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${holes
      .map(hole => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`)
      .join('')}</Polygon>`;
  const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Folder><Folder>
    <Placemark><name>有洞</name><ExtendedData><Data name="阶段"><value>损毁在用</value></Data></ExtendedData>
      ${polygon(square(112, 35), square(112.0002, 35.0002, 0.0002))}</Placemark></Folder></Folder>
    <Placemark><name>两块</name><MultiGeometry>${polygon(square(112.01, 35))}${polygon(square(112.02, 35))}</MultiGeometry>
    </Placemark></Folder></Document></kml>`;

  it.each([
    ['kml', 'a.kml', kml],
    ['kmz', 'a.kmz', zipOf([{ name: 'files/doc.kml', content: kml }])],
    ['kml in a zip', 'a.zip', zipOf([{ name: 'doc.kml', content: kml }])],
  ])('keep their holes, parts and data, however deep their folders: %s', async (_kind, name, content) => {
    const answer = await diagnoseBytes(content, name);
    expect(answer.rows.map(row => [row.name, row.geometry.coordinates.map(rings => rings.length)])).toEqual([
      ['有洞', [2]],
      ['两块', [1, 1]],
    ]);
    expect(answer.rows[0]?.attributes['阶段']).toBe('损毁在用');
    expect(answer.errorCount).toBe(0);
  });

  it('tell when and in which folder they are, as columns to be mapped', async () => {
    const placed = (name: string, time: string): string =>
      `<Placemark><name>${name}</name>${time}<ExtendedData><Data name="备注"><value>x</value></Data></ExtendedData>${polygon(
        square(112 + Number(name), 35),
      )}</Placemark>`;
    const stamp = '<TimeStamp><when>2021-06-30T08:00:00+08:00</when></TimeStamp>';
    const span = '<gx:TimeSpan><begin>2020-01-01</begin><end>2020-12-31</end></gx:TimeSpan>';
    const view = '<LookAt><gx:TimeStamp><when>1999-01-01</when></gx:TimeStamp></LookAt>';
    const text = `<?xml version="1.0"?><kml xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>图</name>
      <Folder><name>甲矿</name><Folder><name>挖损</name>${placed('1', stamp)}</Folder>
      <Folder><name>已复垦</name>${placed('2', span)}</Folder><Folder><name> </name>${placed('3', view)}</Folder></Folder>
      ${placed('4', '')}</Document></kml>`;
    const answer = await diagnoseBytes(text, 'a.kml');
    expect(answer.fields).toEqual(['备注', 'folder', 'timestamp', 'begin', 'end']);
    expect(answer.rows.map(({ attributes }) => attributes)).toEqual([
      { 备注: 'x', folder: '挖损', timestamp: '2021-06-30T08:00:00+08:00' },
      { 备注: 'x', folder: '已复垦', begin: '2020-01-01', end: '2020-12-31' },
      { 备注: 'x', folder: '甲矿' },
      { 备注: 'x' },
    ]);
    const suggested = suggestMapping(
      answer.fields,
      answer.rows.map(({ attributes }) => attributes),
    );
    expect(suggested.columns).toEqual({ stage: 'folder', effectiveOn: 'timestamp' });
    expect(suggested.values.stage).toEqual({ 挖损: 'DST', 已复垦: 'EST' });
    expect(suggestMapping(['folder'], [{ folder: '2021年' }]).columns).toEqual({});
  });
});
