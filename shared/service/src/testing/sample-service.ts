/** The smallest service: says what happens to it on standard output, and drains as slowly as it is told. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { runService } from '../index.ts';

const say = (what: string) => process.stdout.write(`${what}\n`);

await runService({
  service: 'manager',
  extraConfig: z.object({
    SAMPLE_DRAIN_MS: z.coerce.number(),
    SAMPLE_FAILS: z.enum(['start', 'later', 'no']),
  }),
  async prepare({ bus }) {
    await bus.applyTopology({ scale: 0.05 });
  },
  start({ config, leaving }) {
    if (config.SAMPLE_FAILS === 'start') return Promise.reject(new Error('cannot start'));
    if (config.SAMPLE_FAILS === 'later') setTimeout(() => Promise.reject(new Error('a loop ended')), 100);
    say('started');
    leaving.addEventListener('abort', () => say('leaving'));
    return Promise.resolve({
      async drain() {
        await delay(config.SAMPLE_DRAIN_MS);
        say('drained');
      },
    });
  },
});
