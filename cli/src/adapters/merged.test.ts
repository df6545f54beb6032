import { describe, expect, it } from 'vitest';
import { merged } from './merged.ts';

async function* items(...list: Array<string | Promise<string>>) {
  for (const item of list) yield await item;
}

async function collected(sources: AsyncIterable<string>[]) {
  const all: string[] = [];
  for await (const item of merged(sources)) all.push(item);
  return all;
}

describe('merged sources', () => {
  it('give each item as it comes, in the order of each source', async () => {
    const gate = Promise.withResolvers<string>();
    const seen: string[] = [];
    for await (const item of merged([items('a', gate.promise), items('b', 'c')])) {
      seen.push(item);
      if (item === 'c') gate.resolve('late');
    }
    expect(seen.at(-1)).toBe('late');
    expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'late']);
    expect(seen.indexOf('b')).toBeLessThan(seen.indexOf('c'));
  });

  it('end when all have ended', async () => {
    expect(await collected([items(), items('a')])).toEqual(['a']);
    expect(await collected([])).toEqual([]);
  });

  it('fail as soon as one fails', async () => {
    await expect(collected([items(Promise.reject(new Error('broken'))), items()])).rejects.toThrow('broken');
  });

  it('do not wait for a source that never gives anything when left early', async () => {
    const never = items(Promise.withResolvers<string>().promise);
    for await (const item of merged([never, items('a')])) {
      expect(item).toBe('a');
      break;
    }
  });
});
