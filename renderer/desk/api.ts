import { z } from 'zod';
import { fail, ok, outcomeSchema, type Fault, type Outcome } from '#shared/errors/index.ts';
import { channels, deskEventSchema, type ChannelName, type DeskBridge, type DeskEvent, type RequestOf, type ResponseOf } from '#shared/ipc/index.ts';

declare global {
  interface Window {
    /** Put there by the preload; missing where the page is opened outside the app. */
    readonly desk: DeskBridge;
  }
}

/** Any call of the desk process or the shell, by the name of its channel. */
export type Call = <Name extends ChannelName>(name: Name, request: RequestOf<Name>) => Promise<Outcome<ResponseOf<Name>>>;

type HearFault = (fault: Fault, of: ChannelName | 'event') => void;
const faultListeners = new Set<HearFault>();

/** Hears every fault any call came back with, for those that concern the whole window: the session, the clock. */
export function onFault(listener: HearFault): () => void {
  faultListeners.add(listener);
  return () => faultListeners.delete(listener);
}

/**
 * Makes a call. The answer is parsed by the channel's schema; what does not fit is `message.malformed`. Where the desk
 * cannot be reached at all it is `desk.unavailable`: commands carry their own id, so trying again is harmless.
 */
export const call: Call = async (name, request) => {
  const outcome = await ask(name, request);
  if (!outcome.ok) for (const listener of faultListeners) listener(outcome.fault, name);
  return outcome;
};

async function ask<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>>> {
  let answer: unknown;
  try {
    if (!('desk' in window)) return fail('desk.unavailable');
    answer = await window.desk.call(name, request);
  } catch {
    // The bridge itself broke: the shell is gone or going. The sentence of this code says what to do.
    return fail('desk.unavailable');
  }
  const outcome = outcomeSchema(z.unknown()).safeParse(answer);
  if (!outcome.success) return fail('message.malformed', { where: name });
  if (!outcome.data.ok) return outcome.data;
  const { value } = outcome.data;
  return fits(name, value) ? ok(value) : fail('message.malformed', { where: name });
}

/** Whether a value is what the channel's schema describes. Schemas of responses only check: none of them changes a value. */
function fits<Name extends ChannelName>(name: Name, value: unknown): value is ResponseOf<Name> {
  return channels[name].response.safeParse(value).success;
}

/** Hears what the desk process pushes. What does not parse is reported as a fault, not passed on. */
export function listen(listener: (event: DeskEvent) => void): () => void {
  if (!('desk' in window)) return () => undefined;
  return window.desk.listen((event) => {
    const parsed = deskEventSchema.safeParse(event);
    if (parsed.success) listener(parsed.data);
    else for (const hear of faultListeners) hear({ code: 'message.malformed', params: { where: 'event' } }, 'event');
  });
}
