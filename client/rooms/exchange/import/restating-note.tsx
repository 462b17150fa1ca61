import { sentenceOf } from '../../../i18n/format.ts';
import { importAnswer } from '../../../state/mine/importing.ts';
import { Icon } from '../../../ui/icon.tsx';

/** Beside the command that writes, because it is what is decided with it: rows that date back under a published period. */
export function RestatingNote() {
  const told = importAnswer.value?.findings.find(({ code }) => code === 'rows-restate-published');
  if (told === undefined) return null;
  return (
    <output class="note note-warn small">
      <Icon name="warn" />
      <span class="grow">{sentenceOf(told.message)}</span>
    </output>
  );
}
