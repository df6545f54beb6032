import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleAssignment } from './testing/sample-assignment.ts';
import { type Call, defineTool, succeeded } from './tool.ts';

const tool = defineTool({
  name: 'train',
  description: 'Trains.',
  args: z.object({
    config: z.record(z.string(), z.json()).describe('what to train with'),
    seconds: z.int().positive().optional(),
    folds: z.int().default(5),
  }),
  run: ({ folds, seconds }) => Promise.resolve(succeeded(`${folds} ${seconds}`)),
});
const call: Call = {
  assignment: sampleAssignment,
  turn: 1,
  index: 0,
  jobId: 'x',
  at: 0,
  now: 0,
  transcript: [],
};

describe('a tool', () => {
  it('describes its arguments in the plain schema that all providers take', () => {
    expect(tool.spec.parameters).toEqual({
      type: 'object',
      properties: {
        config: { type: 'object', description: 'what to train with', additionalProperties: {} },
        seconds: { type: 'integer', exclusiveMinimum: 0 },
        folds: { type: 'integer', default: 5 },
      },
      required: ['config'],
    });
  });

  it('runs with arguments that fit, defaults filled in', async () => {
    expect(await tool.run('{"config": {"C": 1}, "seconds": 3}', call)).toEqual(succeeded('5 3'));
  });

  it.each([
    ['{"config": ', 'not valid JSON'],
    ['{}', 'config'],
    ['{"config": {}, "seconds": -1}', 'seconds'],
    ['', 'config'],
  ])('answers %j with what is wrong', async (args, said) => {
    const outcome = await tool.run(args, call);
    expect(outcome).toMatchObject({ kind: 'result', failed: true, content: expect.stringContaining(said) });
  });
});
