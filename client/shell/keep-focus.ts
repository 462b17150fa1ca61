/** In the panels, what a command takes away with itself is seldom alone: the next of its kind, in a list of them, is meant next. */
interface Last {
  readonly element: Element;
  readonly panel: Element | null;
  readonly list: Element | null;
  /** In which entry of the list. */
  readonly at: number;
}

const COMMANDS = 'button, a[href], input, select, textarea, summary';

/**
 * Whoever works by keys goes on where they were when the command that they pressed goes with what it did: at the next entry of its list, at
 * the tool in hand, or in the panel. Left alone, the page would begin anew. A dialog that closes gives the focus back by itself, if to
 * something that is still there. Answers the way to stop.
 */
export function keepFocus(): () => void {
  let last: Last | undefined;
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    const entry = target.closest('li');
    const list = entry?.parentElement ?? null;
    const at = entry === null || list === null ? 0 : [...list.children].indexOf(entry);
    last = { element: target, panel: target.closest('.panel-body'), list, at };
  };
  const mend = (): void => {
    if (last === undefined || last.element.isConnected || document.activeElement !== document.body) return;
    const next = successorOf(last);
    last = undefined;
    next?.focus({ preventScroll: next.id === 'panel' });
  };
  document.addEventListener('focusin', remember);
  const watch = new MutationObserver(mend);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', remember);
    watch.disconnect();
  };
}

function successorOf({ panel, list, at }: Last): HTMLElement | null {
  if (list?.isConnected === true) {
    const entry = list.children[Math.min(at, list.children.length - 1)];
    const command = entry?.querySelector<HTMLElement>(COMMANDS);
    if (command) return command;
  }
  const tool = panel?.isConnected === true ? panel.querySelector<HTMLElement>('.tool[aria-pressed="true"]') : null;
  return tool ?? document.querySelector<HTMLElement>('#panel');
}
