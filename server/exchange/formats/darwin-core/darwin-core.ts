import { join } from 'node:path';
import { BinaryFile } from '../parts/binary-file.ts';
import type { ExportJob, Feature, Value, Written } from '../export-layer.ts';
import { csvLine } from '../tables/csv-line.ts';
import { writeZip } from '../parts/zip-file.ts';
import { emlText, type Coverage } from './eml.ts';
import { metaText } from './meta.ts';
import { EVENT_TERMS, OCCURRENCE_TERMS } from './terms.ts';

/**
 * A Darwin Core Archive: surveys as the core, records as their extension, meta.xml and eml.xml. A record without a survey gets an
 * event of its own. The coverage is that of the records in the file, so it tells no more than they do.
 */
export async function writeDarwinCore(job: ExportJob): Promise<Written> {
  const { layer, notes, folder } = job;
  const [events, occurrences] = await Promise.all([
    BinaryFile.create(join(folder, 'event.csv')),
    BinaryFile.create(join(folder, 'occurrence.csv')),
  ]);
  const write = (file: BinaryFile, cells: readonly Value[]): Promise<void> =>
    file.append(Buffer.from(csvLine(cells), 'utf8'));
  let records = 0;
  const coverage: Coverage = {
    west: Infinity,
    south: Infinity,
    east: -Infinity,
    north: -Infinity,
    from: '9999',
    to: '0000',
  };
  try {
    await write(
      events,
      EVENT_TERMS.map(({ name }) => name),
    );
    await write(
      occurrences,
      OCCURRENCE_TERMS.map(({ name }) => name),
    );
    const known = new Set<Value>();
    for await (const survey of layer.surveys?.() ?? []) {
      known.add(survey['id'] ?? null);
      await write(
        events,
        EVENT_TERMS.map(term => term.of({ ...survey, eventId: survey['id'] ?? null })),
      );
    }
    for await (const feature of layer.features()) {
      const surveyId = feature.values['surveyId'] ?? null;
      const isOfSurvey = surveyId !== null && known.has(surveyId);
      const values = { ...feature.values, eventId: isOfSurvey ? surveyId : `event-${feature.id}` };
      if (!isOfSurvey)
        await write(
          events,
          EVENT_TERMS.map(term => term.of(values)),
        );
      await write(
        occurrences,
        OCCURRENCE_TERMS.map(term => term.of(values)),
      );
      grow(coverage, feature);
      records += 1;
    }
    await events.finish(new Uint8Array());
    await occurrences.finish(new Uint8Array());
  } catch (error) {
    await Promise.allSettled([events.abandon(), occurrences.abandon()]);
    throw error;
  }
  const path = join(folder, `${layer.name}.zip`);
  await writeZip(path, notes.day, [
    { name: 'meta.xml', bytes: Buffer.from(metaText(), 'utf8') },
    { name: 'eml.xml', bytes: Buffer.from(emlText(job, coverage, records), 'utf8') },
    { name: 'event.csv', path: join(folder, 'event.csv') },
    { name: 'occurrence.csv', path: join(folder, 'occurrence.csv') },
  ]);
  return { path, records, leftOut: 0 };
}

function grow(coverage: Coverage, { geometry, values }: Feature): void {
  const date = String(values['eventDate'] ?? '');
  if (date !== '' && date < coverage.from) coverage.from = date;
  if (date > coverage.to) coverage.to = date;
  if (geometry?.type !== 'Point') return;
  const [lng, lat] = geometry.coordinates;
  coverage.west = Math.min(coverage.west, lng);
  coverage.east = Math.max(coverage.east, lng);
  coverage.south = Math.min(coverage.south, lat);
  coverage.north = Math.max(coverage.north, lat);
}
