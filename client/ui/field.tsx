import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldShell {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

function Shell({
  id,
  label,
  hint,
  error,
  children,
}: FieldShell & { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <div class={`field${error === undefined ? '' : ' has-error'}`}>
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const describedBy = (id: string, { hint, error }: FieldShell): string | undefined =>
  [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .filter(part => part !== '')
    .join(' ') || undefined;

export interface TextFieldProps extends FieldShell {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'password' | 'date' | 'number' | undefined;
  readonly required?: boolean | undefined;
  readonly max?: string | undefined;
  readonly autocomplete?: 'username' | 'current-password' | undefined;
  readonly placeholder?: string | undefined;
}

export function TextField(props: TextFieldProps) {
  const id = useId();
  // One input for all types: the library's types want one call for each.
  const { value, onInput, type = 'text', required, max, autocomplete, placeholder } = props;
  return (
    <Shell {...props} id={id}>
      <input
        id={id}
        class="input"
        {...({ type } as { type: 'text' })}
        value={value}
        required={required}
        {...(max === undefined ? {} : { max })}
        {...(type === 'number' ? { step: 'any' } : {})}
        {...(autocomplete === undefined ? {} : { autocomplete })}
        {...(placeholder === undefined ? {} : { placeholder })}
        aria-invalid={props.error !== undefined}
        aria-describedby={describedBy(id, props)}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </Shell>
  );
}

export interface SelectFieldProps<T extends string> extends FieldShell {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const id = useId();
  return (
    <Shell {...props} id={id}>
      <select
        id={id}
        class="input"
        value={props.value}
        aria-describedby={describedBy(id, props)}
        onChange={event => props.onChange(event.currentTarget.value as T)}
      >
        {props.options.map(option => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Shell>
  );
}

export interface AreaFieldProps extends FieldShell {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number | undefined;
  readonly placeholder?: string | undefined;
  /** Whether a dialog opens on it. */
  readonly autofocus?: boolean | undefined;
}

export function AreaField(props: AreaFieldProps) {
  const id = useId();
  return (
    <Shell {...props} id={id}>
      <textarea
        id={id}
        class="input input-area"
        rows={props.rows ?? 3}
        value={props.value}
        placeholder={props.placeholder}
        autofocus={props.autofocus}
        spellcheck={false}
        aria-describedby={describedBy(id, props)}
        onInput={event => props.onInput(event.currentTarget.value)}
      />
    </Shell>
  );
}
