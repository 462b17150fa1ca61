import { render } from 'preact-render-to-string';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { locale } from '../../../i18n/locale.ts';
import {
  chooseFile,
  giveUpExamining,
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
