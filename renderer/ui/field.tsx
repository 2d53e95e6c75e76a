import { ChevronDown, CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';

interface FieldWords {
  label: string;
  /** What is wrong and what to do; stands under the control. */
  error?: string | undefined;
  hint?: ReactNode;
  /** Stands on the control's line, after it. */
  after?: ReactNode;
  /** Label above instead of at the left. */
  above?: boolean;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

/** A labelled control with its hint and its error. `children` gets the attributes that tie the three together. */
export function Field({ label, error, hint, after, above = false, id, children }: FieldWords & { id?: string | undefined; children: (wiring: Wiring) => ReactNode }): React.JSX.Element {
  const own = useId();
  const control = id ?? own;
  const told = [error ? `${control}-error` : '', hint ? `${control}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={above ? 'field field-above' : 'field'}>
      <label htmlFor={control}>{label}</label>
      <div className="control">
        <div className="line">
          {children({ id: control, 'aria-describedby': told === '' ? undefined : told, 'aria-invalid': error ? true : undefined })}
          {after}
        </div>
        {error ? <FieldError id={`${control}-error`}>{error}</FieldError> : null}
        {hint ? <p className="hint" id={`${control}-hint`}>{hint}</p> : null}
      </div>
    </div>
  );
}

/** What is wrong with a control or a group of them. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }): React.JSX.Element {
  return (
    <p className="error" id={id} role="alert">
      <CircleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

type TextInputProps = FieldWords & ComponentProps<'input'> & { code?: boolean };

/** One line of text. `code` shows it in the face for codes and numbers. */
export function TextInput({ label, error, hint, after, above, code = false, id, className = '', ...rest }: TextInputProps): React.JSX.Element {
  return (
    <Field {...words({ label, error, hint, after, above })} id={id}>
      {(wiring) => <input type="text" autoComplete="off" spellCheck={false} {...rest} {...wiring} className={`input${code ? ' code' : ''} ${className}`.trim()} />}
    </Field>
  );
}

type TextAreaProps = FieldWords & ComponentProps<'textarea'>;

/** Several lines of text. Enter begins a new one. */
export function TextArea({ label, error, hint, after, above, id, rows = 2, ...rest }: TextAreaProps): React.JSX.Element {
  return (
    <Field {...words({ label, error, hint, after, above })} id={id}>
      {(wiring) => <textarea spellCheck={false} {...rest} {...wiring} rows={rows} className="textarea" />}
    </Field>
  );
}

type SelectProps = FieldWords & ComponentProps<'select'>;

/** One of a few. The browser's own list: its keys are those everybody knows. */
export function Select({ label, error, hint, after, above, id, children, ...rest }: SelectProps): React.JSX.Element {
  return (
    <Field {...words({ label, error, hint, after, above })} id={id}>
      {(wiring) => (
        <span className="select-box">
          <select {...rest} {...wiring} className="select">{children}</select>
          <ChevronDown size={16} aria-hidden="true" />
        </span>
      )}
    </Field>
  );
}

/** A box to tick, the word after it. */
export function Checkbox({ label, className = '', ...rest }: ComponentProps<'input'> & { label: ReactNode }): React.JSX.Element {
  return (
    <label className={`tick ${className}`.trim()}>
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}

interface ChoicesProps<Value extends string> {
  label: string;
  name: string;
  value: Value | undefined;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  error?: string | undefined;
}

/** One of a few, all of them in sight: arrows choose, Tab passes. */
export function Choices<Value extends string>({ label, name, value, choices, onChange, error }: ChoicesProps<Value>): React.JSX.Element {
  const id = useId();
  return (
    <fieldset className="field" aria-labelledby={`${id}-label`} aria-describedby={error ? `${id}-error` : undefined} role="radiogroup">
      <span className="label" id={`${id}-label`}>{label}</span>
      <div className="control">
        <div className="choices">
          {choices.map((choice) => (
            <label className="tick" key={choice.value}>
              <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
              <span>{choice.label}</span>
            </label>
          ))}
        </div>
        {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      </div>
    </fieldset>
  );
}

/** Leaves out what was not given, as exact optional properties want it. */
function words(given: { [Key in keyof FieldWords]: FieldWords[Key] | undefined } & { label: string }): FieldWords {
  return {
    label: given.label,
    error: given.error,
    ...(given.hint === undefined ? {} : { hint: given.hint }),
    ...(given.after === undefined ? {} : { after: given.after }),
    ...(given.above === undefined ? {} : { above: given.above }),
  };
}
