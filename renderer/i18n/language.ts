import { useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { texts, type Language, type Translate } from './text.ts';

const place = 'language';
const languageSchema = z.enum(['vi', 'en']).catch('vi');

/** The language of the pages on this computer; Vietnamese until somebody chooses otherwise. */
export const useLanguage = create<{ language: Language; choose: (language: Language) => void }>()((set) => {
  const show = (language: Language): void => {
    document.documentElement.lang = language;
  };
  const first = languageSchema.parse(localStorage.getItem(place));
  show(first);
  return {
    language: first,
    choose: (language) => {
      set({ language });
      show(language);
      localStorage.setItem(place, language);
    },
  };
});

/** The texts in the language chosen. */
export function useText(): { t: Translate; language: Language } {
  const language = useLanguage((state) => state.language);
  return useMemo(() => ({ t: texts(language), language }), [language]);
}
