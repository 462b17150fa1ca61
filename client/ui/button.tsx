import type { ComponentChildren } from 'preact';
import { t } from '../i18n/t.ts';
import { notify } from '../state/notices.ts';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (() => void) | undefined;
  readonly icon?: IconName | undefined;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined;
  readonly small?: boolean | undefined;
  /** Why this cannot be done now. The button stays reachable, so that everybody can learn the reason. */
  readonly why?: string | null | undefined;
  readonly pressed?: boolean | undefined;
  readonly submit?: boolean | undefined;
  readonly busy?: boolean | undefined;
}

/** A command. Disabled commands say why: on hover, to screen readers, and when tried. */
export function Button({ children, onClick, icon, kind = 'plain', small, why, pressed, submit, busy }: ButtonProps) {
  const off = (why !== null && why !== undefined) || busy === true;
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button button-${kind}${small ? ' button-small' : ''}`}
      aria-disabled={off}
      aria-pressed={pressed}
      aria-busy={busy}
      title={why ?? undefined}
      onClick={event => {
        if (off) {
          event.preventDefault();
          if (why) notify(why);
        } else onClick?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
      {why && why !== children && <span class="visually-hidden">{t('ui.aside', { of: '', why })}</span>}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  readonly why?: string | null | undefined;
  readonly class?: string | undefined;
}

/** A command shown as a picture; its name is read aloud and shown on hover. */
export function IconButton({ icon, label, onClick, pressed, expanded, why, class: className }: IconButtonProps) {
  const off = why !== null && why !== undefined;
  const name = off && why !== label ? t('ui.aside', { of: label, why }) : label;
  return (
    <button
      type="button"
      class={`icon-button${className === undefined ? '' : ` ${className}`}`}
      aria-label={name}
      title={name}
      aria-disabled={off}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={() => (off ? notify(why) : onClick())}
    >
      <Icon name={icon} />
    </button>
  );
}
