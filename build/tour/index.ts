/** A week in which the line is cut, played by the real app and the real centre: `npm run tour`, and the test that holds it to its word. */
export { firstMorning, playWeek, type WeekOptions } from './week.ts';
