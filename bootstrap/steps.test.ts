import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { SetupError } from './setup-error.mjs';
import { runSteps } from './steps.mjs';

async function lines(step: { done?: () => string | null; work?: () => Promise<string> }) {
  await using folder = await temporaryFolder();
  const printed: string[] = [];
  const ok = await runSteps(
    [
      {
        name: 'thing',
        lock: () => join(folder.path, 'lock'),
        done: step.done ?? (() => null),
        work: step.work ?? (() => Promise.resolve('made')),
      },
    ],
    (line) => printed.push(line),
  );
  return { ok, text: printed.join('\n') };
}

describe('a step of the set-up', () => {
  test('says what it made and how long it took', async () => {
    const { ok, text } = await lines({});
    expect(ok).toBe(true);
    expect(text).toMatch(/^thing +made \(\d+\.\d s\)$/);
  });

  test('is skipped when done', async () => {
    const { ok, text } = await lines({
      done: () => 'there',
      work: () => Promise.reject(new Error('worked')),
    });
    expect(ok).toBe(true);
    expect(text).toBe('thing        there; nothing to do');
  });

  test('that another set-up did meanwhile is not done again', async () => {
    const answers = [null, 'there'];
    const { text } = await lines({
      done: () => answers.shift() ?? null,
      work: () => Promise.reject(new Error('worked')),
    });
    expect(text).toContain('there; another set-up has done it');
  });

  test('fails with what a person could do instead', async () => {
    const { ok, text } = await lines({ work: () => Promise.reject(new SetupError('no network', 'npm ci')) });
    expect(ok).toBe(false);
    expect(text).toMatch(/failed after [\s\S]*no network[\s\S]*What to do: npm ci/);
  });
});
