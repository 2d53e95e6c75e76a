import { fail, type Outcome } from '#shared/errors/index.ts';
import { channels, isChannel, messageLimit, type ChannelName, type ParsedRequestOf, type ResponseOf } from '#shared/ipc/index.ts';
import { hostOf } from './addresses.ts';

/** Who sent a message, as far as the shell can tell. */
export interface Sender {
  /** Whether it is the window this program opened for the counter. */
  readonly counterWindow: boolean;
  readonly mainFrame: boolean;
  readonly address: string;
}

/** The channels answered here and not in the desk process. */
export type ShellHandlers = {
  readonly [Name in 'receipt.print' | 'receipt.show' | 'register.print' | 'register.show' | 'close-sheet.print' | 'close-sheet.show' | 'bundle.export' | 'bundle.read-receipt' | 'backup.choose-folder' | 'attachment.add' | 'attachment.show']: (request: ParsedRequestOf<Name>) => Promise<Outcome<ResponseOf<Name>>>;
};

export interface RelayPorts {
  /** The desk process; it checks the right to act. */
  readonly desk: (name: ChannelName, request: unknown) => Promise<Outcome<unknown>>;
  readonly shell: ShellHandlers;
  /** Told after each call that went well. */
  readonly onAnswered: (name: ChannelName) => void;
  /** A line for the operator, never personal data; gives the reference under which it can be found. */
  readonly report: (what: string, error: unknown) => string;
}

/**
 * Answers one call of a window: who sent it, how large it is, whether such a call exists, whether the request has its
 * shape; only then is it passed on. Never throws, and says nothing to a foreign sender about why.
 */
export async function relay(sender: Sender | undefined, name: unknown, text: unknown, ports: RelayPorts): Promise<Outcome<unknown>> {
  if (sender === undefined || !sender.counterWindow || !sender.mainFrame || hostOf(sender.address) !== 'desk') return fail('message.foreign-sender');
  if (!isChannel(name) || channels[name].askedBy !== 'page') return fail('message.unknown-channel', { channel: typeof name === 'string' ? name.slice(0, 64) : typeof name });
  if (typeof text !== 'string') return fail('message.malformed', { where: name });
  if (text.length > messageLimit || Buffer.byteLength(text) > messageLimit) return fail('message.too-large', { limit: messageLimit });

  const request = channels[name].request.safeParse(parseJson(text));
  if (!request.success) return fail('message.malformed', { where: [name, ...(request.error.issues[0]?.path ?? [])].join('.').slice(0, 120) });
  try {
    const outcome = await pass(name, request.data, ports);
    if (outcome.ok) ports.onAnswered(name);
    return outcome;
  } catch (error) {
    return fail('internal.unexpected', { reference: ports.report(`call ${name}`, error) });
  }
}

function pass(name: ChannelName, request: unknown, ports: RelayPorts): Promise<Outcome<unknown>> {
  switch (name) {
    case 'receipt.print': case 'receipt.show': return ports.shell[name](channels[name].request.parse(request));
    case 'register.print': case 'register.show': return ports.shell[name](channels[name].request.parse(request));
    case 'close-sheet.print': case 'close-sheet.show': return ports.shell[name](channels[name].request.parse(request));
    case 'bundle.export': case 'bundle.read-receipt': case 'backup.choose-folder': return ports.shell[name](channels[name].request.parse(request));
    case 'attachment.add': return ports.shell[name](channels[name].request.parse(request));
    case 'attachment.show': return ports.shell[name](channels[name].request.parse(request));
    default: return ports.desk(name, request);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No request has this shape, so the schema refuses it in the same words as any other malformed one.
    return undefined;
  }
}
