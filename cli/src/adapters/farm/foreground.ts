/** `up --foreground`: stays until a signal, and ends everything when one of its processes ends. */
import type { Config } from '../../config.ts';
import { EXIT } from '../../core/exit-code.ts';
import type { Output } from '../../core/output.ts';
import { takeDown } from './down.ts';

export interface Watched {
  readonly name: string;
  readonly ended: Promise<string>;
}

/** Resolves at the first signal to leave. Called before anything is started, so that none is missed. */
export function toldToLeave(): Promise<void> {
  return new Promise((leave) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave());
  });
}

/** The exit code: a container whose service has died is to be started anew by whoever runs it. */
export async function stayInForeground(
  config: Config,
  processes: readonly Watched[],
  { leaving, output }: { leaving: Promise<void>; output: Output },
): Promise<number> {
  // The processes were started to outlive a command, so they do not keep this one alive.
  const alive = setInterval(() => undefined, 60_000);
  const died = await Promise.race([
    leaving.then(() => null),
    ...processes.map(async (one) => `${one.name} ended (${await one.ended})`),
  ]);
  clearInterval(alive);
  if (died !== null) output.warn(`${died}; stopping the others`);
  await takeDown(config, { kill: false });
  return died === null ? EXIT.ok : EXIT.failed;
}
