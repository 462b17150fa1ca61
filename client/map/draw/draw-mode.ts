import { effect, untracked } from '@preact/signals';
import type { Map as GlMap } from 'maplibre-gl';
import { subject, tool, type EditTool } from '../../state/editing/store.ts';
import { tellCaught } from '../../state/editing/tools/snapping/caught.ts';
import { PICK_TOOLS } from '../../state/editing/tools/pickable.ts';
import { sparePinches } from './pointer.ts';
import { pickHand } from './pick-hand.ts';
import { selectHand } from './select-hand.ts';
import { showDrawing } from './show-drawing.ts';
import { StrokeTable } from './stroke-table.ts';
import { traceHand } from './trace-hand.ts';

/** Drawing is a mode of the map: entered when somebody begins to edit, left with everything put away. */
export function drawMode(map: GlMap): () => void {
  let table: StrokeTable | undefined;
  let endShowing: (() => void) | undefined;
  let endHand: (() => void) | undefined;
  let endSparing: (() => void) | undefined;
  const leave = (): void => {
    endHand?.();
    endShowing?.();
    endSparing?.();
    table?.dispose();
    endHand = endShowing = endSparing = table = undefined;
  };
  const end = effect(() => {
    const isEditing = subject.value !== null;
    const now = tool.value;
    untracked(() => {
      // What the last tool caught is no word on this one.
      tellCaught(undefined);
      if (!isEditing) return leave();
      endSparing ??= sparePinches(map);
      table ??= new StrokeTable(map);
      endShowing ??= showDrawing(map);
      endHand?.();
      table.use(now);
      endHand = handFor(map, now);
    });
  });
  return () => {
    end();
    leave();
  };
}

/** Strokes are the drawing library's; every other tool has a hand of its own. */
function handFor(map: GlMap, now: EditTool): (() => void) | undefined {
  if (now === 'trace') return traceHand(map);
  if (PICK_TOOLS.has(now)) return pickHand(map);
  return now === 'select' || now === 'move' || now === 'clip' || now === 'offset' ? selectHand(map) : undefined;
}
