import { useEffect, useMemo } from 'react';
import { call } from '../api.ts';

/** How long typing must rest before a draft is written, milliseconds. */
const rest = 400;
/** After how long a draft that could not be written is tried again, milliseconds. */
const again = 3000;

/** A draft (bản nháp) of one form, kept in the desk's encrypted store. */
export interface Draft {
  /** Writes it soon, after the typing has rested. */
  keep: (text: string) => void;
  /** Writes what waits now; resolves to whether the last writing succeeded. */
  keepNow: () => Promise<boolean>;
  drop: () => Promise<void>;
  /** Writes what waits a last time and stops trying. */
  close: () => void;
}

function openDraft(key: string | undefined): Draft {
  let waiting: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let succeeded = true;

  const write = async (): Promise<boolean> => {
    clearTimeout(timer);
    if (key === undefined || waiting === undefined) return succeeded;
    const text = waiting;
    waiting = undefined;
    succeeded = (await call('draft.save', { key, text })).ok;
    // The desk process was down: unless newer words wait already, these do.
    if (!succeeded && !closed && waiting === undefined) {
      waiting = text;
      timer = setTimeout(() => void write(), again);
    }
    return succeeded;
  };
  return {
    keep: (text) => {
      waiting = text;
      clearTimeout(timer);
      timer = setTimeout(() => void write(), rest);
    },
    keepNow: write,
    drop: async () => {
      clearTimeout(timer);
      waiting = undefined;
      if (key !== undefined) await call('draft.remove', { key });
    },
    close: () => {
      closed = true;
      void write();
    },
  };
}

/** The draft under a key for as long as the component stands and the key is the same; `undefined` keeps nothing. */
export function useDraft(key: string | undefined): Draft {
  const draft = useMemo(() => openDraft(key), [key]);
  useEffect(() => {
    const flush = (): void => void draft.keepNow();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      draft.close();
    };
  }, [draft]);
  return draft;
}

/** The text of a draft, if there is one. */
export async function loadDraft(key: string): Promise<string | undefined> {
  const answer = await call('draft.load', { key });
  return answer.ok ? answer.value.text : undefined;
}
