/** The harness for so many at once: each call is a process that may hold a whole table. */
import { Turnstile } from '@modelwright/agent-host';
import type { Harness } from './harness.ts';

export type SetupHarness = Pick<Harness, 'check' | 'prepare' | 'profile' | 'survey'>;

export function harnessInTurn(harness: SetupHarness, atOnce: number): SetupHarness {
  const turnstile = new Turnstile(atOnce);
  return {
    check: (request) => turnstile.pass(() => harness.check(request)),
    prepare: (request) => turnstile.pass(() => harness.prepare(request)),
    profile: (request) => turnstile.pass(() => harness.profile(request)),
    survey: (request) => turnstile.pass(() => harness.survey(request)),
  };
}
