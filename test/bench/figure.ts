/** The door for the files beside this one: each `<area>.ts` exports a `Bench` as its default; `npm run bench <area>` runs it. */
export { percentile } from '#build/figures/index.ts';
export type { Bench, Figure } from '#build/figures/index.ts';
