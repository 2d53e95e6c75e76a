/** A part of `npm run chaos`, told as a line of JSON: `part-process.ts kill|leaks|fuzz COUNT SEED`. */
import { fuzz } from './fuzz.ts';
import { inFolder } from './in-folder.ts';
import { killUnderLoad } from './kill.ts';
import { searchForLeaks } from './leaks.ts';

const [part = '', count = '100', seed = '1'] = process.argv.slice(2);
const [many, from] = [Number(count), Number(seed)];
console.log(JSON.stringify(await inFolder((folder): Promise<object> => {
  if (part === 'kill') return killUnderLoad({ folder, kills: many, seed: from });
  return part === 'fuzz' ? fuzz({ folder, requests: many, seed: from }) : searchForLeaks({ folder, people: many, seed: from });
})));
