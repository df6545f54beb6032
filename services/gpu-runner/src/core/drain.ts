/** What an operator wants of a runner, as KV `control` says. Without a word it takes jobs. */
import type { RunnerControl } from '@modelwright/contracts';

export type Drain =
  | { readonly kind: 'take' }
  /** No more are taken; those in hand come to their end. */
  | { readonly kind: 'finish'; readonly reason: string }
  /** No more are taken; those in hand are asked to save, and go on elsewhere. */
  | { readonly kind: 'hand-over'; readonly reason: string };

export function drainOf(control: RunnerControl | null): Drain {
  if (control === null || control.desired === 'take') return { kind: 'take' };
  const why = control.reason === '' ? '' : `: ${control.reason}`;
  return control.desired === 'finish'
    ? { kind: 'finish', reason: `the runner is drained${why}` }
    : { kind: 'hand-over', reason: `the runner is drained and hands over${why}` };
}
