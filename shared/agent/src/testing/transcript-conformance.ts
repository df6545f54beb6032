/** What the loop relies on, for every implementation of a transcript. */
import type { TurnRecord } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import type { Transcript } from '../ports.ts';

const taken = (worker: string): TurnRecord => ({ type: 'taken', worker, at: 1 });

/** @param open A new empty transcript, as a function that gives holder after holder of it. */
export function describeTranscriptConformance(name: string, open: () => Promise<() => Transcript>): void {
  describe(`${name} as a transcript`, () => {
    it('is empty at first', async () => {
      const hold = await open();
      expect(await hold().load()).toEqual([]);
    });

    it('gives back what was appended, in order, to every holder', async () => {
      const hold = await open();
      const writer = hold();
      await writer.load();
      const records: TurnRecord[] = [
        taken('a'),
        { type: 'intent', turn: 1, ceilingMicroUsd: 3, purpose: 'turn', status: '', at: 2 },
        {
          type: 'reply',
          turn: 1,
          text: 'ä\n```',
          calls: [{ id: 'x', name: 'read', arguments: '{"not json' }],
          usage: {
            inputTokens: 1,
            cachedTokens: 0,
            outputTokens: 2,
            reasoningTokens: 0,
            microUsd: 3,
            priced: true,
          },
          model: 'm',
          finish: 'stop',
          at: 3,
        },
        {
          type: 'result',
          turn: 1,
          call: 0,
          content: 'x'.repeat(400_000),
          failed: true,
          version: null,
          at: 4,
        },
      ];
      for (const record of records) expect(await writer.append(record)).toBe('appended');
      expect(await hold().load()).toEqual(records);
    });

    it('refuses a holder that has not seen the last record, again and again', async () => {
      const hold = await open();
      const [slow, quick] = [hold(), hold()];
      await slow.load();
      await quick.load();
      expect(await quick.append(taken('quick'))).toBe('appended');
      expect(await slow.append(taken('slow'))).toBe('lost');
      expect(await slow.append(taken('slow'))).toBe('lost');
      expect(await quick.append(taken('quick'))).toBe('appended');
      expect(await hold().load()).toEqual([taken('quick'), taken('quick')]);
    });

    it('takes a holder back once it has loaded again', async () => {
      const hold = await open();
      const [slow, quick] = [hold(), hold()];
      await slow.load();
      await quick.load();
      await quick.append(taken('quick'));
      await slow.append(taken('slow'));
      await slow.load();
      expect(await slow.append(taken('slow'))).toBe('appended');
      expect(await quick.append(taken('quick'))).toBe('lost');
    });

    it('lets one of many win that append the very same record at once', async () => {
      const hold = await open();
      const holders = Array.from({ length: 5 }, hold);
      await Promise.all(holders.map((holder) => holder.load()));
      const outcomes = await Promise.all(holders.map((holder) => holder.append(taken('same'))));
      expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
      expect(await hold().load()).toEqual([taken('same')]);
    });
  });
}
