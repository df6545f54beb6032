import { createLogger } from '@modelwright/telemetry';
import { describe, expect, it } from 'vitest';
import { ScriptedModel } from '../testing/scripted-model.ts';
import { accounted } from './accounted.ts';

const request = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };

async function chargedWith(ceiling: number, microUsd: number) {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', name: 'test' }, { write: (line) => void lines.push(line) });
  const model = accounted(new ScriptedModel([{ text: 'Here.', microUsd }], ceiling), logger);
  const { usage } = await model.complete(request, new AbortController().signal);
  return { counted: usage.microUsd, lines };
}

describe('an account', () => {
  it('counts what was charged, and says so where that is beyond the ceiling', async () => {
    const { counted, lines } = await chargedWith(10, 11);
    expect(counted).toBe(11);
    expect(lines.join()).toContain('scripted charged more than it could at most');
  });

  it('is silent where all is as foreseen', async () => {
    expect((await chargedWith(10, 10)).lines).toEqual([]);
  });
});
