import { afterEach, describe, expect, it, vi } from 'vitest';
import { followWidth, isNarrow, sheet, viewMode } from './view.ts';

const screen = (matches: boolean): void =>
  void vi.stubGlobal('matchMedia', () => ({ matches, addEventListener: () => undefined }));

describe('a link to the tables', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    viewMode.value = 'map';
    sheet.value = 'half';
    isNarrow.value = false;
  });
  it('shows them on a phone, and leaves the sheet as it is otherwise', () => {
    screen(true);
    followWidth();
    expect(sheet.value).toBe('half');
    viewMode.value = 'list';
    screen(false);
    followWidth();
    expect(sheet.value).toBe('half');
    screen(true);
    followWidth();
    expect(sheet.value).toBe('peek');
  });
});
