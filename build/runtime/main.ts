/**
 * `node build/run.mjs runtime [--display]`: makes the runtime ready and prints it as one line of JSON; what it does
 * meanwhile goes to standard error. For scripts, and for images that want the slow part done early.
 */
import { parseArgs } from 'node:util';
import { prepareRuntime } from './prepare.ts';

const { values } = parseArgs({ options: { display: { type: 'boolean', default: false } } });

try {
  console.log(JSON.stringify(await prepareRuntime({ virtualDisplay: values.display }, (line) => console.error(line))));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
