import { describe, expect, it } from 'vitest';
import { FORMATS, type ExportFormat } from '../../../../server/exchange/formats/export-formats.ts';
import type { ExportFormatId } from '../../../../server/exchange/export/export.contract.ts';
import { FORMAT_CHOICES, formatsFor } from './export-choices.ts';

describe('the choices of an export', () => {
  it('are those of the server, no more and no less', () => {
    expect(new Set(Object.keys(FORMAT_CHOICES))).toEqual(new Set(Object.keys(FORMATS)));
    for (const [id, choice] of Object.entries(FORMAT_CHOICES)) {
      const format: ExportFormat = FORMATS[id as ExportFormatId];
      expect([id, choice.points, choice.polygons]).toEqual([
        id,
        format.geometry.includes('points'),
        format.geometry.includes('polygons'),
      ]);
      for (const encoding of choice.encodings)
        expect([id, format.encodings]).toEqual([id, expect.arrayContaining([encoding])]);
      if (format.crs === 'zones') expect([id, choice.crs]).toEqual([id, ['auto']]);
      if (format.crs === 'wgs84') expect([id, choice.crs]).toEqual([id, ['EPSG:4326']]);
    }
  });

  it('leave out of records what has outlines only', () => {
    expect(formatsFor('occurrences')).not.toContain('jzd');
    expect(formatsFor('land')).not.toContain('dwca');
    expect(formatsFor('land')[0]).toBe('pdf');
  });
});
