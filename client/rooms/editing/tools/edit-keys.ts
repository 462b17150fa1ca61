import { dispatch, selectedCorner, subject, tool } from '../../../state/editing/store.ts';
import { nudge, removeChosen, stepCorner } from '../../../state/editing/tools/corners.ts';
import { isSnapping } from '../../../state/editing/tools/snapping/caught.ts';
import { strokeUnderWay, strokeWish } from '../../../state/editing/tools/stroke.ts';
import { dropTrace, finishTrace, traced, turnTrace, unTrace } from '../../../state/editing/tools/tracing.ts';

const ARROWS: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What has the focus decides what a key means: a text keeps its own undo, a list its own arrows. */
interface Place {
  readonly isText: boolean;
  /** Nothing that has keys of its own: the map, the page, or the stepper of corners. */
  readonly isFree: boolean;
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return { isText: false, isFree: true };
  const isText = target.matches('textarea, input:not([type="radio"], [type="checkbox"], [type="range"])');
  const isFree =
    target === document.body ||
    target.matches('#panel') ||
    target.closest('.stage-map .map') !== null ||
    target.closest('[data-arrows="nudge"]') !== null;
  return { isText, isFree };
}

/** Follows the keys while somebody draws. Answers the way to stop. */
export function followKeys(showHelp: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (subject.peek() === null || document.querySelector('dialog[open]') !== null) return;
    const place = placeOf(event.target);
    if (!place.isText && act(event, place, showHelp)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  // Before the map, which would scroll by the arrows.
  window.addEventListener('keydown', onKey, true);
  return () => window.removeEventListener('keydown', onKey, true);
}

function act(event: KeyboardEvent, { isFree }: Place, showHelp: () => void): boolean {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) {
    const letter = key.toLowerCase();
    if (letter !== 'z' && letter !== 'y') return false;
    const stroke = strokeUnderWay.peek();
    if (stroke !== null && letter === 'z' && !shiftKey) {
      strokeWish.value = stroke.canGoBack ? 'back' : 'drop';
      return true;
    }
    dispatch({ type: letter === 'y' || shiftKey ? 'redo' : 'undo' });
    return true;
  }
  if (event.altKey) return false;
  if (key === '?') {
    showHelp();
    return true;
  }
  if (key === ',' || key === '.') return tool.peek() === 'select' && stepCorner(key === '.' ? 1 : -1);
  if (!isFree) return false;
  if (key === 's' || key === 'S') {
    isSnapping.value = !isSnapping.peek();
    return true;
  }
  if (key === 'Enter' && strokeUnderWay.peek()?.canFinish === true) {
    strokeWish.value = 'finish';
    return true;
  }
  if (tool.peek() === 'trace' && traced.peek().length > 0) return trace(key);
  if (key === 'Escape') {
    if (selectedCorner.peek() !== null) selectedCorner.value = null;
    else tool.value = 'select';
    // The drawing library hears it too, and gives up the stroke.
    return false;
  }
  if (tool.peek() !== 'select') return false;
  if (key === 'Delete' || key === 'Backspace') return removeChosen();
  const arrow = ARROWS[key];
  const size = shiftKey ? 10 : 1;
  return arrow !== undefined && nudge(arrow[0] * size, arrow[1] * size);
}

function trace(key: string): boolean {
  const run = { Enter: finishTrace, Escape: dropTrace, Backspace: unTrace, o: turnTrace, O: turnTrace }[key];
  run?.();
  return run !== undefined;
}
