import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ImportAnswer, ImportFinding } from '../../api/imports.ts';
import {
  cancelWriting,
  chooseFile,
  importAnswer,
  importMapping,
  importProblem,
  importStep,
  importStopping,
  startImport,
  stopImport,
  writeRows,
} from './importing.ts';

const mapping = { columns: {}, values: {}, defaults: { stage: 'DST', effectiveOn: '2021-05-01' } } as const;

/** What a server says of a file with one square, to be written the day after. */
const answer = (change: Partial<ImportAnswer> = {}): ImportAnswer => ({
  id: 1,
  mineId: 1,
  fileName: 'plots.geojson',
  sha256: '',
  state: 'checked',
  format: 'geojson',
  encoding: 'UTF-8',
  crs: { declared: null, detected: 'EPSG:4326', used: 'EPSG:4326' },
  order: null,
  notation: null,
  fields: [],
  layers: [],
  rowCount: 1,
  readyCount: 1,
  areaM2: 100,
  bbox: null,
  features: [],
  findings: [],
  rows: { unready: [], errors: [], warnings: [] },
  faults: { ofFile: 0, errors: [] },
  mapping: null,
  suggestedMapping: mapping,
  mappingSource: 'guessed',
  values: {},
  written: 0,
  job: null,
  createdAt: '2026-05-31T08:00:00Z',
  ...change,
});

const restating = (count: number): ImportFinding => ({
  code: 'rows-restate-published',
  severity: 'warning',
  params: { count, from: '2021-05-01', periods: '2021-12-31' },
  message: { en: 'Rows dated under what was published', zh: '日期落在已发布报告期之内' },
});

/** Answers of the server in turn, and what was asked: `dryRun` or `write`. */
function serve(...answers: ImportAnswer[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address.includes('dryRun=true') ? 'dryRun' : 'write');
    return Promise.resolve(new Response(JSON.stringify(answers.shift())));
  });
  return asked;
}

describe('a file that is written', () => {
  afterEach(() => {
    stopImport();
    vi.unstubAllGlobals();
  });

  it('leaves nothing of its findings and outlines behind, which the map would go on showing', async () => {
    serve(answer(), answer(), answer({ state: 'written', written: 1 }));
    startImport(1);
    await chooseFile(new File(['{}'], 'plots.geojson'));
    expect(importAnswer.value).not.toBeNull();
    await writeRows();
    expect(importStep.value).toEqual({ step: 'written', count: 1 });
    expect(importAnswer.value).toBeNull();
  });

  it('is told to stop once, and says that it is stopping', async () => {
    const asked = serve(answer());
    startImport(1);
    importStep.value = { step: 'writing', progress: 0.2, jobId: 'j1' };
    await Promise.all([cancelWriting(), cancelWriting()]);
    expect([asked.length, importStopping.value]).toEqual([1, true]);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no connection')));
    importStopping.value = false;
    await cancelWriting();
    expect([importStopping.value, importProblem.value?.code]).toEqual([false, 'network']);
  });

  it('waits for another word where the last look says that published figures would be restated', async () => {
    const told = answer({ findings: [restating(1)] });
    const asked = serve(answer(), told, told, answer({ state: 'written', written: 1 }));
    startImport(1);
    await chooseFile(new File(['{}'], 'plots.geojson'));
    importMapping.value = mapping;
    await writeRows();
    expect([importStep.value.step, importAnswer.value?.findings.length]).toEqual(['checked', 1]);
    await writeRows();
    expect(importStep.value.step).toBe('written');
    expect(asked).toEqual(['dryRun', 'dryRun', 'dryRun', 'write']);
  });
});
