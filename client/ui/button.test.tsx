import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Button, IconButton } from './button.tsx';

const ignore = (): void => undefined;

describe('the name of a disabled command', () => {
  it('carries the reason', () => {
    expect(renderToString(<IconButton icon="undo" label="Undo" why="Locked" onClick={ignore} />)).toContain(
      'aria-label="Undo (Locked)"',
    );
    expect(renderToString(<Button why="Locked">Undo</Button>)).toContain('(Locked)');
  });
  it('says the reason once where it is the name', () => {
    expect(renderToString(<IconButton icon="undo" label="Locked" why="Locked" onClick={ignore} />)).toContain(
      'aria-label="Locked"',
    );
    expect(renderToString(<Button why="Locked">Locked</Button>)).not.toContain('(Locked)');
  });
});
