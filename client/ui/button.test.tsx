import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locale } from '../i18n/locale.ts';
import { Button, IconButton } from './button.tsx';

const ignore = (): void => undefined;

describe('the name of a disabled command', () => {
  const before = locale.value;
  beforeEach(() => void (locale.value = 'en'));
  afterEach(() => void (locale.value = before));

  it('carries the reason', () => {
    expect(renderToString(<IconButton icon="undo" label="Undo" why="Locked" onClick={ignore} />)).toContain(
      'aria-label="Undo (Locked)"',
    );
    expect(renderToString(<Button why="Locked">Undo</Button>)).toContain('(Locked)');
  });
  it('has the brackets of the reader’s language', () => {
    locale.value = 'zh-CN';
    expect(renderToString(<IconButton icon="undo" label="撤销" why="已锁定" onClick={ignore} />)).toContain(
      'aria-label="撤销（已锁定）"',
    );
    expect(renderToString(<Button why="已锁定">撤销</Button>)).toContain('（已锁定）');
  });
  it('says the reason once where it is the name', () => {
    expect(renderToString(<IconButton icon="undo" label="Locked" why="Locked" onClick={ignore} />)).toContain(
      'aria-label="Locked"',
    );
    expect(renderToString(<Button why="Locked">Locked</Button>)).not.toContain('(Locked)');
  });
});
