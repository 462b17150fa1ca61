import { render } from 'preact-render-to-string';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../api/problem.ts';
import { locale } from '../../../i18n/locale.ts';
import { mineId } from '../../../state/selection.ts';
import { ExportDialog } from './export-dialog.tsx';
import {
  chooseFormat,
  chooseWhat,
  exportEncoding,
  exportFormat,
  exporting,
  exportScope,
  openExport,
} from './exporting.ts';

afterEach(() => {
  chooseWhat('land');
  chooseFormat('xlsx');
  mineId.value = null;
  locale.value = 'zh-CN';
});

describe('the export dialog', () => {
  it('offers what the format has to choose, and nothing else', () => {
    locale.value = 'en';
    openExport();
    chooseFormat('shp');
    expect(render(<ExportDialog />)).toMatch(/Coordinate system.*Encoding/s);
    expect(render(<ExportDialog />)).not.toContain('Paper');
    chooseFormat('pdf');
    expect(render(<ExportDialog />)).toContain('Paper');
    expect(render(<ExportDialog />)).not.toContain('Coordinate system');
  });

  it('leaves a format that cannot hold what is chosen', () => {
    chooseFormat('jzd');
    expect(exportEncoding.value).toBe('gbk');
    chooseWhat('occurrences');
    expect(exportFormat.value).toBe('xlsx');
    expect(exportEncoding.value).toBe('utf-8');
  });

  it('begins with the mine that is open, or with all', () => {
    openExport();
    expect(exportScope.value).toBe('all');
    mineId.value = 3;
    openExport();
    expect(exportScope.value).toBe('mine');
  });

  it('says what became of it', () => {
    locale.value = 'en';
    openExport();
    exporting.value = { step: 'done', name: 'regreen-land.gpkg', records: 12, leftOut: 1 };
    expect(render(<ExportDialog />)).toMatch(
      /regreen-land\.gpkg.*holds 12 rows\. 1 without an outline was left out\./s,
    );
    exporting.value = { step: 'done', name: 'regreen-land.gpkg', records: 0, leftOut: 0 };
    expect(render(<ExportDialog />)).toMatch(/note-warn.*holds no row/s);
    const problem = new ApiProblem({
      code: 'export-busy',
      title: 'Too many exports are waiting.',
      titleZh: '导出过多。',
    });
    exporting.value = { step: 'failed', problem };
    expect(render(<ExportDialog />)).toContain('Too many exports are waiting.');
    locale.value = 'zh-CN';
    expect(render(<ExportDialog />)).toContain('导出过多。');
  });
});
