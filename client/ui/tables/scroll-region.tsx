import type { ComponentChildren } from 'preact';

export interface ScrollRegionProps {
  readonly label: string;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

/** What is wider or higher than its place scrolls alone. Reachable by keyboard, because arrow keys have to scroll it. */
export function ScrollRegion({ label, class: className, children }: ScrollRegionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: a scroller without focus is out of reach
    <section class={`table-scroll${className === undefined ? '' : ` ${className}`}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
