import type { Host } from './addresses.ts';

/** Directives that hold for every page: nothing unless named, no frames, no forms that go anywhere, no other base. */
const closed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'"];

/** What each page may load beyond nothing (Content Security Policy, level 3). */
const policies: Readonly<Record<Host, readonly string[]>> = {
  desk: ["script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'none'"],
  failure: ["style-src 'self'"],
  // One self-contained page made by the desk process: styles, fonts and pictures stand inside it, scripts do not run.
  print: ["style-src 'unsafe-inline'", 'img-src data:', 'font-src data:', 'sandbox'],
};

/** Headers of every answer of a host. */
export function headersFor(host: Host, type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': [...closed, ...policies[host]].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
