/** A copy of a folder that a running program may be changing, taken without ever being led out of it. */
import { z } from 'zod';
import { answers, SandboxError, type SandboxHost } from './interpreter.ts';

const counted = z.object({ files: z.int(), bytes: z.int(), skipped: z.int() });
export type SnapshotCount = z.infer<typeof counted>;

/** Copies regular files; `target` must not exist. More than `maxBytes` is a SandboxError. */
export async function snapshot(
  host: SandboxHost,
  source: string,
  target: string,
  maxBytes: number,
): Promise<SnapshotCount> {
  const [count] = await answers(host, ['snapshot', source, target, String(maxBytes)], counted);
  if (count === undefined) throw new SandboxError('mw_sandbox snapshot gave no answer');
  return count;
}
