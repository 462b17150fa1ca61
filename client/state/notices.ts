import { signal } from '@preact/signals';

export interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'plain' | 'bad';
  readonly text: string;
}

/** Short messages that come and go at the foot of the screen, read aloud by screen readers. */
export const notices = signal<readonly Notice[]>([]);

let nextId = 1;
const SHOWN_MS = 6000;

export function notify(text: string, tone: Notice['tone'] = 'plain'): void {
  const id = nextId++;
  // Said again, it is not said twice.
  const others = notices.value.filter(notice => notice.text !== text);
  notices.value = [...others, { id, tone, text }].slice(-3);
  setTimeout(() => dismissNotice(id), SHOWN_MS);
}

export function dismissNotice(id: number): void {
  notices.value = notices.value.filter(notice => notice.id !== id);
}
