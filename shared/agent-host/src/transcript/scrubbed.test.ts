import { defineTool, succeeded } from '@modelwright/agent';
import { sampleAssignment } from '@modelwright/agent/testing';
import type { ModelReply, ModelRequest } from '@modelwright/llm';
import { modelFailure, ScriptedModel, UnsteadyModel } from '@modelwright/llm/testing';
import { scrubber } from '@modelwright/telemetry';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scrubbedModel, scrubbedTool } from './scrubbed.ts';

const KEY = 'the key of this test';
const scrub = scrubber([KEY]);
const request: ModelRequest = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };
const signal = new AbortController().signal;

describe('an agent without secrets', () => {
  it('says none: not in words, not to a tool', async () => {
    const script = [{ text: `It is ${KEY}.`, calls: [{ name: 'write', args: { text: KEY } }] }];
    const reply = await scrubbedModel(new ScriptedModel(script), scrub).complete(request, signal);
    expect(JSON.stringify(reply)).not.toContain(KEY);
    expect(JSON.parse(reply.calls[0]?.arguments ?? '')).toEqual({ text: '[secret]' });
  });

  it('keeps none for the provider to see again', async () => {
    const said: ModelReply = {
      text: '',
      calls: [],
      usage: {
        inputTokens: 1,
        cachedTokens: 0,
        outputTokens: 1,
        reasoningTokens: 0,
        microUsd: 0,
        priced: true,
      },
      model: 'm',
      finish: 'stop',
      opaque: [{ thought: KEY }, { encrypted: 'gAAAA' }],
    };
    const model = { ...new UnsteadyModel('m', []), name: 'm', contextTokens: null, ceiling: () => 0 };
    const thinking = {
      ...model,
      estimate: () => ({ inputTokens: 0, outputTokens: 0 }),
      complete: () => Promise.resolve(said),
    };
    const reply = await scrubbedModel(thinking, scrub).complete(request, signal);
    expect(reply.opaque).toEqual([{ thought: '[secret]' }, { encrypted: 'gAAAA' }]);
  });

  it('hears of none in a provider’s complaint, and of everything else it says', async () => {
    const refused = modelFailure('not-allowed', { model: 'm' });
    const complaint = { ...refused.failure, message: `Incorrect API key provided: ${KEY}` };
    const failing = new UnsteadyModel('m', [Object.assign(refused, { failure: complaint })]);
    await expect(scrubbedModel(failing, scrub).complete(request, signal)).rejects.toMatchObject({
      failure: { kind: 'not-allowed', message: 'Incorrect API key provided: [secret]' },
      model: 'm',
      charge: 'none',
    });
  });

  it('reads none in what a tool answers', async () => {
    const tool = defineTool({
      name: 'read',
      description: 'Reads.',
      args: z.strictObject({}),
      run: () => Promise.resolve(succeeded(`KEY=${KEY}`)),
    });
    const call = {
      assignment: sampleAssignment,
      turn: 1,
      index: 0,
      jobId: 'j',
      at: 0,
      now: 0,
      transcript: [],
    };
    expect(await scrubbedTool(tool, scrub).run('{}', call)).toMatchObject({ content: 'KEY=[secret]' });
  });
});
