import { z } from 'zod';
import type { EntryHeader, ReadEntry } from '#shared/log/index.ts';

/**
 * Makes of entries what is kept of them for judging, where all entries of a province are in memory at once: without their text, and with one string for what many of them say. A part cut
 * out of a text holds all of that text, so such parts are copied. `before`: hash of the entry before it in its log.
 */
export function compacting(): (header: EntryHeader, hash: string, before: string | undefined) => ReadEntry {
  const known = new Map<string, string>();
  const once = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const own = z.string().parse(JSON.parse(JSON.stringify(text)));
    known.set(own, own);
    return own;
  };
  return (header, hash, before) => {
    const { log, prev, kind, agency, act, actor, clock, dossier, after, sealed } = header;
    return {
      hash,
      header: {
        ...header, log: once(log), kind: once(kind), agency: once(agency), act: copied(act), actor: once(actor), prev: prev === before ? before : copied(prev),
        clock: { ...clock, boot: once(clock.boot) },
        ...(dossier === undefined ? {} : { dossier: once(dossier) }), ...(after === undefined ? {} : { after: after.map(copied) }), ...(sealed === undefined ? {} : { sealed: copied(sealed) }),
      },
    };
  };
}

/** Of ids and hashes alone: they are ASCII by their form. */
function copied(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
