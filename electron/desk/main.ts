/** Entry of the desk process: messages in, messages out. Everything else is in `open.ts` and behind it. */
import process from 'node:process';
import { DomainError, fail, fault, type Fault } from '#shared/errors/index.ts';
import { messageLimit, toDeskSchema, type OpenMessage } from '#shared/ipc/index.ts';
import type { Desk } from './desk.ts';
import { openFrom } from './open.ts';
import { shellPort, type ShellPort } from './shell-port.ts';

/** How long an orderly end may take before the process goes anyway, milliseconds; every commit is durable by itself. */
const endPatience = 4_000;

const found = shellPort();
if (found) serve(found);
else {
  process.stderr.write('The desk process is started by the app, not by hand.\n');
  process.exitCode = 2;
}

function serve(port: ShellPort): void {
  let desk: Desk | undefined;
  let opening = false;
  let ending = false;
  let asked = 0;
  const waiting = new Map<number, (bytes: Uint8Array | undefined) => void>();

  port.receive((message) => void receive(message));
  port.gone(() => void end(0));
  process.on('SIGTERM', () => void end(0));
  // The terminal sends Ctrl+C to every process of the group; the shell decides when this one ends.
  process.on('SIGINT', () => undefined);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      process.stderr.write(`desk process: ${event} ${error instanceof Error ? (error.stack ?? error.name).split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 6).join('\n') : ''}\n`);
      process.exit(1);
    });
  }

  async function receive(raw: unknown): Promise<void> {
    const parsed = toDeskSchema.safeParse(raw);
    if (!parsed.success) {
      const id = callId(raw);
      if (id !== undefined) await port.send({ type: 'answer', id, outcome: fail('message.malformed', { where: 'message' }) });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'open': return open(message);
      case 'keychain': {
        waiting.get(message.id)?.(message.bytes === undefined ? undefined : Buffer.from(message.bytes, 'base64'));
        waiting.delete(message.id);
        return;
      }
      case 'call': {
        const outcome = !desk ? fail('desk.unavailable') : tooLarge(message.request) ? fail('message.too-large', { limit: messageLimit }) : await desk.answer(message.channel, message.request);
        return port.send({ type: 'answer', id: message.id, outcome });
      }
      case 'power': return desk?.power(message.event);
      case 'close': return end(0);
    }
  }

  async function open(message: OpenMessage): Promise<void> {
    if (opening) return;
    opening = true;
    try {
      desk = await openFrom(message, { wrap: (bytes) => keychain('wrap', bytes), unwrap: (bytes) => keychain('unwrap', bytes) }, () => void end(0));
      desk.listen((event) => void port.send({ type: 'event', event }));
      const log = desk.log();
      await port.send({ type: 'opened', ...(log === undefined ? {} : { log }) });
    } catch (error) {
      await port.send({ type: 'refused', fault: faultOf(error) });
      await end(3);
    }
  }

  function keychain(operation: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array> {
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      waiting.set(id, (answer) => (answer ? resolve(answer) : reject(new DomainError('key.unreadable'))));
      void port.send({ type: 'keychain', id, operation, bytes: Buffer.from(bytes).toString('base64') });
    });
  }

  async function end(code: number): Promise<void> {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), endPatience).unref();
    await desk?.close();
    await port.send({ type: 'closed' });
    process.exit(code);
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof DomainError) return error.fault;
  const reference = 'desk-open';
  process.stderr.write(`desk process: could not open (${error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : typeof error})\n`);
  return fault('internal.unexpected', { reference });
}

function callId(raw: unknown): number | undefined {
  return typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === 'call' && 'id' in raw && typeof raw.id === 'number' && Number.isSafeInteger(raw.id) ? raw.id : undefined;
}

function tooLarge(request: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(request) ?? '') > messageLimit;
}
