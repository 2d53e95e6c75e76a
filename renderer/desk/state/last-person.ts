const place = 'last-person';
const present = 'signed-in';

/** Who signed in last on this computer; the id alone is kept, so that the storage names nobody. */
export function lastPerson(): string | undefined {
  return localStorage.getItem(place) ?? undefined;
}

export function keepLastPerson(id: string): void {
  localStorage.setItem(place, id);
}

/**
 * Whether a sign-in will most likely be asked for, before the desk process can say so: always, but where somebody is signed
 * in in this window and its page was loaded anew.
 */
export function signInExpected(): boolean {
  return sessionStorage.getItem(present) === null;
}

/** Keeps, for as long as the window stands, that somebody is signed in, or is not. */
export function keepPresence(signedIn: boolean): void {
  if (signedIn) sessionStorage.setItem(present, '');
  else sessionStorage.removeItem(present);
}
