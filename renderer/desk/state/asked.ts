import { useEffect, useState } from 'react';
import type { Fault } from '#shared/errors/index.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { call } from '../api.ts';
import { useDossierChanges } from './dossiers.ts';
import { useSession } from './session.ts';

interface Asked<Value> {
  readonly value: Value | undefined;
  readonly fault: Fault | undefined;
}

/**
 * The answer of a query, asked again when its request changes, when dossiers changed and when the desk process came back.
 * While a new answer is on its way the last one stays. `request` undefined asks nothing.
 */
export function useAsked<Name extends ChannelName>(name: Name, request: RequestOf<Name> | undefined): Asked<ResponseOf<Name>> {
  const changes = useDossierChanges((state) => state.changes);
  const deskProcess = useSession((state) => state.deskProcess);
  const [asked, setAsked] = useState<Asked<ResponseOf<Name>>>({ value: undefined, fault: undefined });
  const text = request === undefined ? undefined : JSON.stringify(request);
  useEffect(() => {
    if (request === undefined || deskProcess === 'down') return undefined;
    let wanted = true;
    void call(name, request).then((answer) => {
      if (wanted) setAsked((last) => (answer.ok ? { value: answer.value, fault: undefined } : { value: last.value, fault: answer.fault }));
    });
    return () => {
      wanted = false;
    };
    // The request is new on every rendering; its text says whether it changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name, text, changes, deskProcess]);
  return asked;
}
