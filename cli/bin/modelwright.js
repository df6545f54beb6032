#!/usr/bin/env node
// The command line runs as TypeScript on Node 24. An older Node hands over to the one that the set-up brought.
import * as module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOnNode } from '../../bootstrap/exec.mjs';
import { cacheFolder, nodePath } from '../../bootstrap/toolchain.mjs';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

if (nodePath() === process.execPath) await start();
else process.exitCode = await runOnNode(main, process.argv.slice(2));

async function start() {
  keepCompiledSources();
  try {
    await import(main);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing) throw error;
    console.error(`error: ${error.message}\n  The npm packages are not there. Bring them: npm run setup`);
    process.exitCode = 2;
  }
}

/** Types are stripped once, not at every start: that halves the start of a command, and of the services it starts. */
function keepCompiledSources() {
  process.env['NODE_COMPILE_CACHE'] ??= join(cacheFolder(), 'compiled');
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
}
