import { expect, test } from 'vitest';
import { disturbed } from './before-start.ts';

const never = () => new AbortController().signal;

test('nobody listens for what would disturb a preparation once that is over', async () => {
  const over = new AbortController();
  const context = { cancelled: never(), handOver: never(), leaving: never(), clock: () => 0 };
  const listening = disturbed(context, over.signal);
  over.abort();
  await expect(listening).rejects.toThrow('aborted');
});

test('what disturbs it is answered at once', async () => {
  const handOver = AbortSignal.abort('the runner is drained');
  const context = { cancelled: never(), handOver, leaving: never(), clock: () => 0 };
  expect(await disturbed(context, never())).toEqual({ type: 'unplaced', cause: 'the runner is drained' });
});
