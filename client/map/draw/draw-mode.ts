import { effect, untracked } from '@preact/signals';
import type { Map as GlMap } from 'maplibre-gl';
import { subject, tool } from '../../state/editing/store.ts';
import { DrawTable } from './draw-table.ts';

/** Drawing is a mode of the map: entered when somebody begins to edit, left with everything put away. */
export function drawMode(map: GlMap): () => void {
  let table: DrawTable | undefined;
  const end = effect(() => {
    const editing = subject.value !== null;
    untracked(() => {
      if (editing && table === undefined) table = new DrawTable(map);
      if (!editing && table !== undefined) {
        table.dispose();
        table = undefined;
      }
    });
    if (editing) table?.use(tool.value);
  });
  return () => {
    end();
    table?.dispose();
  };
}
