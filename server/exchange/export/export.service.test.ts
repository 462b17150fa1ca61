import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import type { MultiPolygon } from '../../../gis/types.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { PUBLIC_VIEWER, type Viewer } from '../../platform/viewer.ts';
import { FORMATS, type ExportFormat } from '../formats/export-formats.ts';
import { exportQuery, EXPORT_FORMATS, EXPORT_WHATS } from './export.contract.ts';
import { createExportService, type ExportService } from './export.service.ts';
import type { ExportRooms } from './layers/export-source.ts';
import { EXPORT_SOURCES } from './layers/export-sources.ts';

const outline = (west: number, south: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [west + 0.01, south],
        [west + 0.01, south + 0.01],
        [west, south + 0.01],
        [west, south],
      ],
    ],
  ],
});

const mine = (id: number, west: number) => ({
  id,
  code: `M${id}`,
  nameZh: `${id}号矿`,
  nameEn: `Mine ${id}`,
  organisationCode: 'ORG',
  organisationNameZh: '公司',
  organisationNameEn: 'Company',
  province: 'HA',
  mineral: 'bauxite',
  method: 'open',
  status: 'operate',
  bbox: [west, 33.9, west + 0.05, 33.95],
  areaM2: 1,
  revision: 1,
});
const MINES = [mine(1, 116.3), mine(2, 116.4), mine(3, 101.2)];

/** Rooms that hold one of everything for each mine, and remember who asked them. */
function fakeRooms(asked: Viewer[]): ExportRooms {
  const westOf = (id: number): number => MINES.find(one => one.id === id)?.bbox[0] ?? 0;
  const page = <T>(items: readonly T[]) => Promise.resolve({ items, nextCursor: null });
  const geometry = (id: number): MultiPolygon => outline(westOf(id), 33.9);
  const areaM2 = (id: number): number => polygonAreaM2(geometry(id));
  const heard = <T>(viewer: Viewer, answer: T): T => {
    asked.push(viewer);
    return answer;
  };
  return {
    mines: {
      list: () => page(MINES),
      get: (viewer: Viewer, id: number) => {
        const found = MINES.find(one => one.id === id);
        return found ? Promise.resolve(heard(viewer, found)) : Promise.reject(notFound('mine', id));
      },
    },
    boundaries: {
      list: (id: number) =>
        page([
          { id, kind: 'LICENCE', validFrom: '2010-01-01', docRef: null, geometry: geometry(id), areaM2: areaM2(id) },
        ]),
    },
    land: {
      partition: {
        getLand: (viewer: Viewer, id: number, query: { asAt?: string }) =>
          Promise.resolve(
            heard(viewer, {
              asAt: query.asAt ?? '2024-03-09',
              source: 'published',
              features: ['CMP', 'DST'].map((stage, index) => ({
                id: id * 10 + index,
                geometry: outline(westOf(id) + index / 50, 33.9),
                properties: {
                  stage,
                  areaM2: areaM2(id),
                  since: '2020-01-01',
                  eventId: index,
                  scope: 'LIC',
                  evidenceGrade: 'E2',
                },
              })),
            }),
          ),
      },
    },
    facilities: {
      list: (id: number) =>
        page([
          {
            id,
            type: 'TSF',
            nameZh: '尾矿库',
            nameEn: 'Tailings',
            status: 'operate',
            areaM2: areaM2(id),
            validFrom: '2010-01-01',
            validTo: null,
            attributes: { heightM: 40 },
            geometry: geometry(id),
          },
        ]),
    },
    biodiversity: {
      habitats: {
        list: (viewer: Viewer, id: number) =>
          heard(
            viewer,
            page([
              {
                id: `h${id}`,
                nameZh: '草地',
                nameEn: 'Meadow',
                uses: ['FORAGE'],
                taxa: [],
                sensitivity: 0,
                geometry: geometry(id),
                areaM2: areaM2(id),
                validFrom: '2018-01-01',
                validTo: null,
              },
            ]),
          ),
      },
      occurrences: {
        list: (viewer: Viewer, id: number) =>
          heard(
            viewer,
            page([
              {
                id: `o${id}`,
                surveyId: null,
                taxon: null,
                eventDate: '2021-05-01',
                sensitivity: 0,
                geometry: { type: 'Point', coordinates: [westOf(id), 33.9] },
              },
            ]),
          ),
      },
      surveys: { list: (viewer: Viewer) => heard(viewer, page([])) },
    },
  } as unknown as ExportRooms;
}

const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error);

describe('exports', () => {
  let dataDir: string;
  const asked: Viewer[] = [];
  let service: ExportService;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'regreen-service-'));
    service = createExportService({ ...fakeRooms(asked), dataDir, now: () => new Date('2024-03-09T10:00:00Z') });
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const write = (query: Record<string, string>, viewer: Viewer = PUBLIC_VIEWER) =>
    service.write(viewer, exportQuery.parse(query));
  const refusal = (query: Record<string, string>): Promise<unknown> => write(query).then(() => 'written', codeOf);

  const suitable = EXPORT_WHATS.flatMap(what =>
    EXPORT_FORMATS.filter(id => {
      const format: ExportFormat = FORMATS[id];
      return format.geometry.includes(EXPORT_SOURCES[what].geometry) && (format.layers?.includes(what) ?? true);
    }).map(format => [what, format] as const),
  );

  it.each(suitable)(
    'of %s as %s hold every row of the mines chosen, and leave nothing behind',
    async (what, format) => {
      const file = await write({ what, format, mine: '1,2', asAt: '2022-12-31' });
      try {
        expect(file.records).toBe(what === 'land' ? 4 : 2);
        expect(file.leftOut).toBe(0);
        expect((await readFile(file.path)).length).toBeGreaterThan(100);
        expect(file.name).toBe(`regreen-${what}-mines-2022-12-31.${FORMATS[format].extension}`);
      } finally {
        await file.discard();
      }
      expect(await readdir(join(dataDir, 'exports'))).toEqual([]);
    },
  );

  it('ask every room as the reader, never as anybody else', async () => {
    const viewer: Viewer = { accountId: 9, username: 'm', role: 'manager', organisationIds: new Set([1]) };
    for (const what of EXPORT_WHATS) {
      asked.length = 0;
      const file = await write({ what, format: what === 'occurrences' ? 'dwca' : 'geojson', mine: '1' }, viewer);
      await file.discard();
      expect(asked.length).toBeGreaterThan(0);
      expect(new Set(asked)).toEqual(new Set([viewer]));
    }
  });

  it('give the same bytes for the same question on the same day', async () => {
    for (const format of EXPORT_FORMATS.filter(id => id !== 'dwca')) {
      const bytes = async (): Promise<string> => {
        const file = await write({ what: 'land', format, mine: '1' });
        const content = await readFile(file.path, 'base64');
        await file.discard();
        return content;
      };
      expect([format, (await bytes()) === (await bytes())]).toEqual([format, true]);
    }
  });

  it('choose the zone of the selection, and take only stages that were asked for', async () => {
    const file = await write({ what: 'land', format: 'jzd', mine: '1', stage: 'CMP' });
    expect([file.crs, file.records]).toEqual(['EPSG:4527', 1]);
    await file.discard();
  });

  it.each([
    [{ what: 'land', format: 'dxf' }, 'export-outside-zone'],
    [{ what: 'land', format: 'gpkg', crs: 'EPSG:4525' }, 'export-outside-zone'],
    [{ what: 'land', format: 'jzd', crs: 'EPSG:4490' }, 'export-crs-unsuitable'],
    [{ what: 'land', format: 'gpkg', crs: 'EPSG:32650' }, 'export-crs-unsupported'],
    [{ what: 'land', format: 'dwca' }, 'export-format-unsuitable'],
    [{ what: 'occurrences', format: 'pdf' }, 'export-format-unsuitable'],
    [{ what: 'habitats', format: 'shp', encoding: 'gb18030' }, 'export-encoding-unsuitable'],
    [{ what: 'mines', format: 'csv', knownAt: '2021-01-01T00:00:00Z' }, 'export-of-land-only'],
    [{ what: 'mines', format: 'csv', paper: 'a4' }, 'export-of-pdf-only'],
    [{ what: 'land', format: 'pdf', mine: '1', scale: '100' }, 'export-scale-too-large'],
    [{ what: 'land', format: 'csv', mine: '77' }, 'not-found'],
  ])('refuse %j: %s', async (query, code) => {
    expect(await refusal(query)).toBe(code);
    expect(await readdir(join(dataDir, 'exports'))).toEqual([]);
  });

  it('stop when nobody waits for them any longer', async () => {
    const gone = new AbortController();
    gone.abort();
    await expect(
      service.write(PUBLIC_VIEWER, exportQuery.parse({ what: 'land', format: 'csv' }), gone.signal),
    ).rejects.toThrow('This operation was aborted');
    expect(await readdir(join(dataDir, 'exports'))).toEqual([]);
  });

  it('wait for their turn, and are refused when the line is too long', async () => {
    const many = Array.from({ length: 60 }, () => refusal({ what: 'mines', format: 'geojson', mine: '1' }));
    const regulator: Viewer = { ...PUBLIC_VIEWER, accountId: 1, username: 'regulator', role: 'regulator' };
    // Whoever has signed in does not wait behind the public.
    const signedIn = Array.from({ length: 3 }, () => write({ what: 'mines', format: 'geojson', mine: '1' }, regulator));
    const codes = await Promise.all(many);
    expect(codes.filter(code => code === 'written').length).toBe(21);
    expect(new Set(codes)).toEqual(new Set(['written', 'export-busy']));
    for (const file of await Promise.all(signedIn)) await file.discard();
  });
});
