// Real permit outlines and mine polygons through the product's HTTP interface: ellipsoidal areas that do not trust ring
// winding.
import { createReadStream, readFileSync } from 'node:fs';
import { parse } from 'csv-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiRefusal, apiFor, inParallel, type Api } from '../helpers/api.ts';
import { DEMO_START_MS, startDemo } from '../demo/start-demo.ts';
import type { RunningServer } from '../helpers/server.ts';
import { findSharedData as sharedData } from '../helpers/shared-data.ts';

interface Geometry {
  readonly type: string;
  readonly coordinates: unknown;
  readonly geometries?: readonly Geometry[];
}
interface Collection {
  readonly features: readonly { geometry: Geometry; properties: Record<string, number> }[];
}
interface Preview {
  readonly areaM2: number | null;
  readonly issues: readonly { code: string; severity: string }[];
}

const SQUARE_METRES_PER_ACRE = 4046.8564224;
const mining = sharedData('mining');

/** Some outlines are collections: their polygons together are the outline. */
function polygonal(geometry: Geometry): Geometry {
  if (geometry.type !== 'GeometryCollection') return geometry;
  const parts = (geometry.geometries ?? []).flatMap(part =>
    part.type === 'Polygon' ? [part.coordinates] : part.type === 'MultiPolygon' ? (part.coordinates as unknown[]) : [],
  );
  return { type: 'MultiPolygon', coordinates: parts };
}

describe.skipIf(mining === undefined)('real outlines through HTTP', () => {
  let server: RunningServer;
  let api: Api;
  let organisationCode: string | undefined;
  let previewMineId: number;

  beforeAll(async () => {
    server = await startDemo();
    api = apiFor(server.url, await server.token('admin'));
    const organisations = await api.get<{ items: { code: string; kind: string }[] }>('/api/v1/organisations');
    organisationCode = organisations.items.find(item => item.kind === 'company')?.code;
    const box = [
      [-79, -18],
      [-44, -18],
      [-44, 9],
      [-79, 9],
      [-79, -18],
    ];
    previewMineId = (await newMine('REAL-AMAZON', { type: 'Polygon', coordinates: [box] })).id;
  }, DEMO_START_MS);
  afterAll(() => server.stop());

  async function newMine(code: string, geometry: Geometry): Promise<{ id: number; areaM2: number }> {
    return api.post('/api/v1/mines', {
      type: 'Feature',
      geometry,
      properties: { nameZh: code, nameEn: code, code, organisationCode, mineral: 'coal', method: 'open' },
    });
  }

  async function previews(file: string): Promise<Preview[]> {
    const { features } = JSON.parse(readFileSync(`${mining}/${file}`, 'utf8')) as Collection;
    return inParallel(features, 8, feature =>
      api.post<Preview>(`/api/v1/mines/${previewMineId}/land-events/preview`, {
        type: 'Feature',
        geometry: feature.geometry,
        properties: { stage: 'DST', effectiveOn: '2022-12-31', scope: 'LIC', evidenceGrade: 'E0', damageType: 'EXC' },
      }),
    );
  }
  const totalHa = (list: readonly Preview[]): number => list.reduce((sum, one) => sum + (one.areaM2 ?? 0), 0) / 1e4;

  it('sums the West Virginia permits to 37,086.25 acres although 165 holes are wound like their shell', async () => {
    const rows = createReadStream(`${mining}/skytruth_appalachia_permits/inputs_wv_permits.csv`).pipe(
      parse({ columns: true, relax_quotes: true }),
    ) as AsyncIterable<Record<string, string>>;
    let count = 0;
    let withOutline = 0;
    let totalM2 = 0;
    const refused: string[] = [];
    for await (const row of rows) {
      count++;
      const outline = row['.geo'];
      if (outline === undefined || outline === '' || outline === 'NA') continue;
      const geometry = polygonal(JSON.parse(outline) as Geometry);
      if ((geometry.coordinates as unknown[]).length === 0) continue;
      withOutline++;
      try {
        totalM2 += (await newMine(`WV-${count}`, geometry)).areaM2;
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        refused.push(`${row.permit_id ?? count}: ${JSON.stringify(error.problem)}`);
      }
    }
    expect(refused).toEqual([]);
    expect(count).toBe(156);
    expect(withOutline).toBe(88);
    expect(totalM2 / SQUARE_METRES_PER_ACRE).toBeCloseTo(37_086.25, 1);
  }, 180_000);

  it('gives the ellipsoidal areas of 6,201 and 5,444 Amazon mine polygons', async () => {
    const in2022 = await previews('amazon_mining_watch/mining_202200_simplified.geojson');
    expect(in2022).toHaveLength(6201);
    expect(totalHa(in2022)).toBeCloseTo(202_281.21, 1);
    const in2018 = await previews('amazon_mining_watch/mining_201800_simplified.geojson');
    expect(in2018).toHaveLength(5444);
    expect(totalHa(in2018)).toBeCloseTo(963_020.2, 1);
  }, 300_000);
});
