import { z } from 'zod';
import { create } from 'zustand';

/** How the page looks to whoever sits before it. Kept on this computer; says nothing about anybody. */
export const looksSchema = z.object({
  theme: z.enum(['light', 'dark', 'contrast']).catch('light'),
  size: z.enum(['small', 'normal', 'large']).catch('normal'),
});
export type Looks = z.infer<typeof looksSchema>;

const place = 'looks';
export const sizes = ['small', 'normal', 'large'] as const satisfies readonly Looks['size'][];
export const themes = ['light', 'dark', 'contrast'] as const satisfies readonly Looks['theme'][];

function kept(): Looks {
  const text = localStorage.getItem(place);
  const parsed = looksSchema.safeParse(text === null ? {} : asJson(text));
  return parsed.success ? parsed.data : { theme: 'light', size: 'normal' };
}

/** What was kept, or nothing of it where the text is not JSON: the schema then gives the usual looks. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function show({ theme, size }: Looks): void {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.dataset['size'] = size;
}

interface LooksStore extends Looks {
  choose: (change: Partial<Looks>) => void;
}

export const useLooks = create<LooksStore>()((set, get) => {
  const first = kept();
  show(first);
  return {
    ...first,
    choose: (change) => {
      set(change);
      const looks = looksSchema.parse(get());
      show(looks);
      localStorage.setItem(place, JSON.stringify(looks));
    },
  };
});
