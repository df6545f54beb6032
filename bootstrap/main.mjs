// node bootstrap/main.mjs setup [--tests] [--npm-only]   brings together what the project needs
// node bootstrap/main.mjs doctor [--json]                says what this machine has and lacks
//
// Depends on nothing but Node 18: it runs before there is anything else.

import { parseArgs } from 'node:util';
import { endCommands } from './command.mjs';
import { setUp } from './setup.mjs';

const USAGE = 'usage: node bootstrap/main.mjs setup [--tests] [--npm-only] | doctor [--json]';

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    endCommands();
    process.exit(1);
  });
}

process.exitCode = await main();

async function main() {
  if (process.platform === 'win32') {
    console.error('Modelwright runs on Linux and macOS. On Windows, use it inside WSL 2.');
    return 1;
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tests: { type: 'boolean', default: false },
      'npm-only': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  switch (positionals[0]) {
    case 'setup':
      return (await setUp({ tests: values.tests, npmOnly: values['npm-only'] }, console.error)) ? 0 : 1;
    case 'doctor': {
      const { doctor } = await import('./doctor.mjs'); // needs a newer Node than the set-up does
      return await doctor({ json: values.json }, console.log);
    }
    default:
      console.error(USAGE);
      return 2;
  }
}
