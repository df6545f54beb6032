import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('a turnstile', () => {
  it('lets no more through at once than it may, all in order, and none is lost when one fails', async () => {
    const turnstile = new Turnstile(2);
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
    const entered: number[] = [];
    const passing = gates.map((gate, n) =>
      turnstile.pass(() => {
        entered.push(n);
        return gate.promise;
      }),
    );
    expect(entered).toEqual([0, 1]);
    gates[0]?.reject(new Error('fell'));
    await expect(passing[0]).rejects.toThrow('fell');
    expect(entered).toEqual([0, 1, 2]);
    for (const [n, gate] of gates.entries()) gate.resolve(n);
    expect(await Promise.all(passing.slice(1))).toEqual([1, 2, 3, 4]);
    expect(await turnstile.pass(() => Promise.resolve('free again'))).toBe('free again');
  });
});
