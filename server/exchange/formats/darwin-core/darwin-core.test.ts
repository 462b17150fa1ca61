import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Feature } from '../export-layer.ts';
import { withJob } from '../fixtures/exported.fixture.ts';
import { entriesOf } from '../fixtures/zip-entries.fixture.ts';
import { writeDarwinCore } from './darwin-core.ts';
import { EVENT_TERMS, OCCURRENCE_TERMS } from './terms.ts';

const record = (id: string, surveyId: string | null, lng: number): Feature => ({
  id,
  geometry: { type: 'Point', coordinates: [lng, 33.9] },
  values: {
    occurrenceId: id,
    surveyId,
    scientificName: 'Egretta garzetta',
    nameZh: '白鹭',
    nameEn: 'Little egret',
    eventDate: '2021-05-01',
    individualCount: 3,
    basisOfRecord: 'HumanObservation',
    occurrenceStatus: id === 'c' ? 'notDetected' : 'detected',
    decimalLongitude: lng,
    decimalLatitude: 33.9,
    remarks: '=1+1',
    mineCode: 'M',
    mineNameZh: '矿',
    mineNameEn: 'Mine',
  },
});

const layer = {
  name: 'occurrences',
  geometry: 'points' as const,
  async *features() {
    yield record('a', 's1', 116.3);
    yield record('b', null, 116.4);
    yield record('c', 'hidden', 116.5);
  },
  async *surveys() {
    yield { id: 's1', eventType: 'transect', eventDate: '2021-05-01', eventDateTo: '2021-05-03', mineCode: 'M' };
  },
};

describe('a Darwin Core Archive', () => {
  it('joins every record to an event, and describes its own columns', async () => {
    await withJob({ crs: 'EPSG:4326', layer }, async job => {
      const { path, records } = await writeDarwinCore(job);
      expect(records).toBe(3);
      const files = await entriesOf(path);
      expect([...files.keys()]).toEqual(['meta.xml', 'eml.xml', 'event.csv', 'occurrence.csv']);
      const rows = (name: string) => parse(files.get(name) ?? '', { columns: true }) as Record<string, string>[];
      const events = rows('event.csv');
      const occurrences = rows('occurrence.csv');
      expect(events.map(row => row['eventID'])).toEqual(['s1', 'event-b', 'event-c']);
      expect(occurrences.map(row => row['eventID'])).toEqual(['s1', 'event-b', 'event-c']);
      expect(events[0]?.['eventDate']).toBe('2021-05-01/2021-05-03');
      expect(occurrences.map(row => row['occurrenceStatus'])).toEqual(['present', 'present', 'absent']);
      expect(occurrences[0]).toMatchObject({ vernacularName: '白鹭 | Little egret', occurrenceRemarks: "'=1+1" });
      expect(events[1]?.['eventRemarks']).toBe('');
      const meta = String(files.get('meta.xml'));
      for (const term of [...EVENT_TERMS, ...OCCURRENCE_TERMS]) expect(meta).toContain(`term="${term.uri}"`);
      expect(String(files.get('eml.xml'))).toMatch(/<westBoundingCoordinate>116.3</);
    });
  });

  it('is the same bytes when nothing has changed', async () => {
    const bytes = () =>
      withJob({ crs: 'EPSG:4326', layer }, async job => readFile((await writeDarwinCore(job)).path, 'base64'));
    expect(await bytes()).toBe(await bytes());
  });

  it('is XML that parsers take', async () => {
    await withJob({ crs: 'EPSG:4326', layer }, async job => {
      const files = await entriesOf((await writeDarwinCore(job)).path);
      for (const name of ['meta.xml', 'eml.xml']) {
        const opened = [...String(files.get(name)).matchAll(/<(?![?/])[^>]*[^/]>/g)].length;
        const closed = [...String(files.get(name)).matchAll(/<\//g)].length;
        expect([name, opened]).toEqual([name, closed]);
      }
    });
  });
});
