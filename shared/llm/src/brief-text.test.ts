import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBrief, renderBrief } from './brief-text.ts';
import { sampleBrief } from './testing/index.ts';

const reading = (text: string) => readBrief([{ role: 'user', text }]);

describe('a brief as text', () => {
  it('reads back as it was written', () => {
    expect(reading(renderBrief(sampleBrief))).toEqual(sampleBrief);
  });

  it('survives any description, fences and blocks in it included', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('```', '\n', '```json brief', '"', '\\', '}', ' '), { maxLength: 30 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (description) => {
        const content = { ...sampleBrief, task: { ...sampleBrief.task, description } };
        expect(reading(renderBrief(content))).toEqual(content);
      }),
      { numRuns: 50 },
    );
  });

  it('tells a description once, that of the task, unless the card has another', () => {
    const task = { ...sampleBrief.task, description: 'Leaves of plants' };
    const cardWith = (description: string) =>
      reading(renderBrief({ ...sampleBrief, task, card: { description } }));
    expect(cardWith('Leaves of plants')).toEqual({ ...sampleBrief, task, card: {} });
    expect(cardWith('Petals')).toMatchObject({ card: { description: 'Petals' } });
  });

  it('begins with the same bytes for all agents of a run', () => {
    const other = { ...sampleBrief, candidate: 'c2', seed: 9, action: 'fix', feedback: 'it failed' } as const;
    const start = renderBrief(sampleBrief).split('"action"')[0];
    expect(renderBrief(other).startsWith(start ?? 'no such key')).toBe(true);
  });

  it('keeps its bytes when the caller builds the keys in another order', () => {
    const reversed = Object.fromEntries(Object.entries(sampleBrief).toReversed()) as typeof sampleBrief;
    expect(renderBrief(reversed)).toBe(renderBrief(sampleBrief));
  });

  it.each([
    ['no brief at all', 'hello', 'no block'],
    ['two briefs', `${renderBrief(sampleBrief)}\n${renderBrief(sampleBrief)}`, 'several'],
    ['a brief that never ends', '```json brief\n{}', 'not closed'],
  ])('is refused when the message holds %s', (_what, text, said) => {
    expect(() => reading(text)).toThrow(said);
  });

  it('is looked for in the first user message only', () => {
    expect(() =>
      readBrief([{ role: 'assistant', text: renderBrief(sampleBrief), calls: [], opaque: null, model: 'm' }]),
    ).toThrow('no user message');
  });
});
