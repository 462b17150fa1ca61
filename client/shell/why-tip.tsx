import { useEffect, useRef } from 'preact/hooks';

const GAP_PX = 6;

/**
 * The reason of a disabled command, shown while it has the keyboard's focus: a mouse gets it by hovering, a finger by
 * trying, a screen reader in the command's name. One for the whole page, in the browser's top layer, so that neither a
 * dialog nor a panel that scrolls hides it.
 */
export function WhyTip() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current === null ? undefined : followFocus(element.current)), []);
  return <div ref={element} class="why-tip" popover="manual" aria-hidden="true" />;
}

/** Answers the way to stop. */
function followFocus(tip: HTMLElement): () => void {
  let command: HTMLElement | undefined;
  const hide = (): void => {
    command = undefined;
    if (tip.matches(':popover-open')) tip.hidePopover();
  };
  const place = (): void => {
    if (command === undefined) return;
    const [of, own] = [command.getBoundingClientRect(), tip.getBoundingClientRect()];
    const isBelow = of.bottom + GAP_PX + own.height < innerHeight;
    tip.style.top = `${isBelow ? of.bottom + GAP_PX : Math.max(GAP_PX, of.top - GAP_PX - own.height)}px`;
    tip.style.left = `${Math.max(GAP_PX, Math.min(of.left, innerWidth - own.width - GAP_PX))}px`;
  };
  const show = ({ target }: FocusEvent): void => {
    hide();
    if (!(target instanceof HTMLElement)) return;
    if (target.getAttribute('aria-disabled') !== 'true' || !target.matches(':focus-visible')) return;
    const why = target.getAttribute('title') ?? '';
    if (why === '') return;
    command = target;
    tip.textContent = why;
    tip.showPopover();
    place();
  };
  const escape = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') hide();
  };
  document.addEventListener('focusin', show);
  document.addEventListener('focusout', hide);
  // Focus scrolls what was out of sight into it.
  document.addEventListener('scroll', place, true);
  document.addEventListener('keydown', escape, true);
  return () => {
    document.removeEventListener('focusin', show);
    document.removeEventListener('focusout', hide);
    document.removeEventListener('scroll', place, true);
    document.removeEventListener('keydown', escape, true);
  };
}
