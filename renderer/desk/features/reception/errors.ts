import type { FieldPath, UseFormReturn } from 'react-hook-form';
import { isTextKey, plainText, useText } from '#renderer/i18n/index.ts';
import type { Values } from './form.ts';

/** The words under a field: those of the form's own checks in the language chosen, those of the desk as they came. */
export function useErrorWords(form: UseFormReturn<Values>): (name: FieldPath<Values>) => string | undefined {
  const { language } = useText();
  const { formState } = form;
  return (name) => {
    const message = form.getFieldState(name, formState).error?.message;
    return message === undefined ? undefined : isTextKey(message) ? plainText(language, message) : message;
  };
}
