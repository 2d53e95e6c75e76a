import { attachmentLimits } from './media.ts';

/** A piece that took longer than this was too large for the line; one that took less than a quarter of it was small, milliseconds. */
const steady = 4_000;

/** How large the next piece of an upload should be, bytes, after one of `bytes` took so many milliseconds; between the smallest and the largest. */
export function nextPiece(bytes: number, took: number): number {
  const { leastPiece, mostPiece } = attachmentLimits;
  const wanted = took > steady ? bytes / 2 : took < steady / 4 ? bytes * 2 : bytes;
  return Math.min(mostPiece, Math.max(leastPiece, Math.floor(wanted)));
}
