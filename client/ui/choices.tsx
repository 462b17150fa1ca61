import { useId } from 'preact/hooks';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly small?: boolean | undefined;
}

/** One of a few: radio buttons that look like a bar, with the keys of radio buttons. */
export function Segmented<T extends string>({ label, choices, value, onChange, small }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset class={`segmented${small ? ' segmented-small' : ''}`}>
      <legend class="visually-hidden">{label}</legend>
      {choices.map(choice => (
        <label key={choice.value} class={`segment${choice.value === value ? ' is-chosen' : ''}`} title={choice.hint}>
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Id of the panel that the tabs change. */
  readonly controls: string;
}

/** Tabs after the ARIA pattern: arrows move, the chosen one is the only tab stop. */
export function Tabs<T extends string>({ label, choices, value, onChange, controls }: TabsProps<T>) {
  const move = (event: KeyboardEvent): void => {
    const at = choices.findIndex(choice => choice.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    const next = to === undefined ? undefined : choices[(to + choices.length) % choices.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.value);
    const list = (event.currentTarget as HTMLElement).parentElement;
    requestAnimationFrame(() => list?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {choices.map(choice => (
        <button
          key={choice.value}
          type="button"
          role="tab"
          class="tab"
          id={`${controls}-tab-${choice.value}`}
          aria-selected={choice.value === value}
          aria-controls={controls}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => onChange(choice.value)}
          onKeyDown={move}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
