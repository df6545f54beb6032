/** `node bench/src/honesty/main.ts <folder of results>…`: what share of each run went into knowing whether its number is true. */
import { honestyOf } from './honesty-of-results.ts';
import { honestyLines } from './honesty-text.ts';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write('node bench/src/honesty/main.ts <folder of results>…\n');
  process.exitCode = 2;
} else {
  const runs = await Promise.all(folders.map(honestyOf));
  process.stdout.write(`${honestyLines(runs).join('\n')}\n`);
}
