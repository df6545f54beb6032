/** What a program left, as whoever wants it gets it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Aftermath } from './hostile-program.ts';

export async function inFolderOf(
  { bench, outcome }: Aftermath,
  look: (folder: string) => void | Promise<void>,
): Promise<void> {
  if (outcome.output === null) throw new Error('nothing was stored');
  const parent = await mkdtemp(join(tmpdir(), 'mw-hostile-'));
  try {
    await bench.bus.store.getTree(outcome.output, join(parent, 'output'));
    await look(join(parent, 'output'));
  } finally {
    await rm(parent, { recursive: true });
  }
}
