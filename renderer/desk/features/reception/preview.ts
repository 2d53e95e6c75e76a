import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fault } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { call } from '../../api.ts';
import { useWhileAttended } from '../../state/activity.ts';

type Preview = ResponseOf<'reception.preview'>;

/** After how long a preview is asked for again, milliseconds: the minute may bring the cut-off or the close of office. */
const fresh = 20_000;

/** The due date as it would stand now, kept fresh while it is shown. */
export function usePreview(procedure: string | undefined, shown: boolean): { preview: Preview | undefined; fault: Fault | undefined; askAgain: () => void } {
  const [round, setRound] = useState(0);
  const askAgain = useCallback(() => setRound((before) => before + 1), []);
  const [found, setFound] = useState<{ of: string; round: number; preview: Preview | undefined; fault: Fault | undefined }>();
  const wanted = useRef(0);
  const ask = useCallback(async (): Promise<void> => {
    if (procedure === undefined || !shown) return;
    const mine = (wanted.current += 1);
    const answer = await call('reception.preview', { procedure });
    if (mine === wanted.current) setFound({ of: procedure, round, preview: answer.ok ? answer.value : undefined, fault: answer.ok ? undefined : answer.fault });
  }, [procedure, shown, round]);
  useEffect(() => {
    void ask();
    return () => {
      wanted.current += 1;
    };
  }, [ask]);
  useWhileAttended(() => void ask(), fresh);
  const own = found !== undefined && found.of === procedure && found.round === round ? found : undefined;
  return { preview: own?.preview, fault: own?.fault, askAgain };
}
