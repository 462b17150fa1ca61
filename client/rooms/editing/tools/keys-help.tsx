import { t, type Key } from '../../../i18n/t.ts';
import { Dialog } from '../../../ui/dialog.tsx';

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Every key of the workbench. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const control = isMac() ? '⌘' : 'Ctrl';
  const keys: readonly (readonly [keys: readonly string[], about: Key])[] = [
    [[control, 'Z'], 'edit.keys.undo'],
    [[control, 'Shift', 'Z'], 'edit.keys.redo'],
    [['Enter'], 'edit.keys.enter'],
    [['Esc'], 'edit.keys.escape'],
    [['Delete'], 'edit.keys.delete'],
    [[',', '.'], 'edit.keys.step'],
    [['←', '↑', '→', '↓'], 'edit.keys.arrows'],
    [['Shift', '←'], 'edit.keys.shift'],
    [['O'], 'edit.keys.turn'],
    [['Backspace'], 'edit.keys.back'],
    [['S'], 'edit.keys.snap'],
    [['?'], 'edit.keys.help'],
  ];
  return (
    <Dialog title={t('edit.keys.title')} onClose={onClose}>
      <dl class="keys">
        {keys.map(([names, about]) => (
          <div key={about}>
            <dt>
              {names.map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(about as 'edit.keys.undo')}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
