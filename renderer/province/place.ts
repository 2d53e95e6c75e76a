import { useSyncExternalStore } from 'react';
import { queueReasonSchema, type QueueReason } from '#shared/province/index.ts';

/** What of the queue is shown: all of one reason, or what waits for this officer's confirmation. */
export type QueueFilter = QueueReason | 'to-confirm';

/** Where in the pages one is; written after the `#` so that an officer can keep or send an address. */
export type Place =
  | { readonly page: 'results' }
  | { readonly page: 'queue'; readonly filter?: QueueFilter }
  | { readonly page: 'desks' }
  | { readonly page: 'tickets' }
  | { readonly page: 'dossier'; readonly dossier: string };

export function addressOf(place: Place): string {
  if (place.page === 'dossier') return `#/dossiers/${place.dossier}`;
  return place.page === 'queue' && place.filter ? `#/queue/${place.filter}` : `#/${place.page}`;
}

export function placeOf(address: string): Place {
  const [, page, rest] = address.split('/');
  if (page === 'dossiers' && rest) return { page: 'dossier', dossier: rest };
  if (page === 'queue') {
    const filter = rest === 'to-confirm' ? rest : queueReasonSchema.safeParse(rest).data;
    return filter ? { page, filter } : { page };
  }
  return page === 'desks' || page === 'tickets' ? { page } : { page: 'results' };
}

export function goTo(place: Place): void {
  location.hash = addressOf(place);
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(listen, () => location.hash));
}
