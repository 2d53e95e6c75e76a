import { useSyncExternalStore } from 'react';

/** Where in the pages one is; written after the `#` so that an officer can keep or send an address. */
export type Place =
  | { readonly page: 'results' }
  | { readonly page: 'desks' }
  | { readonly page: 'dossier'; readonly dossier: string };

export function addressOf(place: Place): string {
  return place.page === 'dossier' ? `#/dossiers/${place.dossier}` : `#/${place.page}`;
}

export function placeOf(address: string): Place {
  const [, page, dossier] = address.split('/');
  if (page === 'dossiers' && dossier) return { page: 'dossier', dossier };
  return page === 'desks' ? { page: 'desks' } : { page: 'results' };
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
