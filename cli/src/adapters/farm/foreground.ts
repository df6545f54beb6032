/** `up --foreground`: stays until a signal, and ends everything when one of its processes ends. */
import type { Config } from '../../config.ts';
import { EXIT } from '../../core/exit-code.ts';
import type { Output } from '../../core/output.ts';
import { takeDown } from './down.ts';

export interface Watched {
  readonly name: string;
  readonly ended: Promise<string>;
}

/** The exit code: a container whose service has died is to be started anew by whoever runs it. */
export async function stayInForeground(
  config: Config,
  processes: readonly Watched[],
  output: Output,
): Promise<number> {
  const how = await Promise.race([
    new Promise<{ died: null }>((leave) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave({ died: null }));
    }),
    ...processes.map(async (one) => ({ died: `${one.name} ended (${await one.ended})` })),
  ]);
  if (how.died !== null) output.warn(`${how.died}; stopping the others`);
  await takeDown(config, { kill: false });
  return how.died === null ? EXIT.ok : EXIT.failed;
}
