import { render } from 'preact-render-to-string';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ImportAnswer } from '../../../api/imports.ts';
import { locale } from '../../../i18n/locale.ts';
import {
  chooseFile,
  giveUpExamining,
  importAnswer,
  importFile,
  importStep,
  startImport,
  stopImport,
} from '../../../state/mine/importing.ts';
import { ImportPanel } from './import-panel.tsx';

describe('a file that is being examined', () => {
  afterEach(() => {
    stopImport();
    vi.unstubAllGlobals();
    locale.value = 'zh-CN';
  });

  it('is seen to be under way, and can be given up: the question to the server ends with it', async () => {
    let asked: AbortSignal | undefined;
    vi.stubGlobal('fetch', (_address: string, { signal }: RequestInit) => {
      asked = signal ?? undefined;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
      });
    });
    startImport(1);
    const examined = chooseFile(new File(['{}'], 'plots.geojson'));
    await vi.waitFor(() => expect(asked).toBeDefined());
    locale.value = 'en';
    expect(render(<ImportPanel />)).toMatch(/spinner.*Examining the file.*0 s.*Cancel/s);
    locale.value = 'zh-CN';
    expect(render(<ImportPanel />)).toMatch(/正在检查文件.*0 秒.*取消/s);
    giveUpExamining();
    await examined;
    expect(asked?.aborted).toBe(true);
    expect(importStep.value).toEqual({ step: 'choose' });
    expect(importFile.value).toBeNull();
    // Once it is over there is nothing to give up.
    giveUpExamining();
    expect(importStep.value).toEqual({ step: 'choose' });
  });
});

describe('a file that was examined', () => {
  afterEach(stopImport);

  it('has its area in hectares and in mu', () => {
    startImport(1);
    importAnswer.value = answer;
    importStep.value = { step: 'checked' };
    expect(render(<ImportPanel />)).toContain('5.5801 公顷 · 83.70 亩');
  });
});

const answer: ImportAnswer = {
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
  rowCount: 3,
  readyCount: 2,
  areaM2: 55_801,
  bbox: null,
  features: [],
  findings: [],
  rows: { unready: [3], errors: [3], warnings: [] },
  faults: { ofFile: 0, errors: [] },
  mapping: null,
  suggestedMapping: { columns: {}, values: {}, defaults: {} },
  mappingSource: 'guessed',
  values: {},
  written: 0,
  job: null,
  createdAt: '2026-05-31T08:00:00Z',
};
