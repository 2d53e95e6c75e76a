import type { FieldPath, UseFormReturn } from 'react-hook-form';
import { texts, useText, type TextKey } from '#renderer/i18n/index.ts';
import type { FormKey, Values } from './form.ts';

const known = new Set<string>(Object.keys({
  'form.idNumber': 0, 'form.idNumberOrganisation': 0, 'form.fullName': 0, 'form.birth': 0, 'form.address': 0, 'form.phone': 0, 'form.procedure': 0, 'form.submitterName': 0,
  'form.submitterNumber': 0, 'form.authorisation': 0, 'form.reasonMissing': 0, 'form.quantity': 0, 'form.sets': 0, 'form.compared': 0, 'form.tooLong': 0,
} satisfies Record<FormKey, 0>));

function isFormKey(message: string): message is FormKey & TextKey {
  return known.has(message);
}

/** The words under a field: those of the form's own checks in the language chosen, those of the desk as they came. */
export function useErrorWords(form: UseFormReturn<Values>): (name: FieldPath<Values>) => string | undefined {
  const { language } = useText();
  const { formState } = form;
  return (name) => {
    const message = form.getFieldState(name, formState).error?.message;
    return message === undefined ? undefined : isFormKey(message) ? texts(language)(message) : message;
  };
}
