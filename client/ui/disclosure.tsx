import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export interface DisclosureProps {
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
  readonly open?: boolean | undefined;
}

/** The browser's own open-and-close. */
export function Disclosure({ summary, children, open }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>
        <span class="grow">{summary}</span>
        <Icon name="chevron" size={16} />
      </summary>
      <div class="disclosure-body">{children}</div>
    </details>
  );
}

export interface SectionProps {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section class="section">
      <header class="spread">
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
