/** `doctor` asks real HTTP servers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorBody, type ProviderOptions, startProvider } from '@modelwright/llm/testing';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { modelCheck } from '../core/model-findings.ts';
import { examineModels } from './examine-models.ts';

const answer = () => ({ calls: [{ name: 'report_sum', args: { sum: 42 } }] });

/** The findings on one model, asked of a server with these manners. */
async function examined(manners: Partial<ProviderOptions>, entry: object = {}) {
  await using provider = await startProvider({ answer, ...manners });
  await using folder = await temporaryFolder('modelwright-doctor-');
  const model = { base_url: provider.url, key_env: 'ENGINEER_KEY', price: { input: 1, output: 4 }, ...entry };
  await writeFile(join(folder.path, 'modelwright.yaml'), JSON.stringify({ models: { engineer: model } }));
  const config = readConfig(
    { MODELWRIGHT_HOME: folder.path, ENGINEER_KEY: 'secret' },
    folder.path,
    '/nowhere',
  );
  const [finding] = await examineModels(config, {});
  if (finding === undefined) throw new Error('no finding');
  return { check: modelCheck(finding), requests: provider.requests.length };
}

describe('a model that doctor asks', () => {
  it.each(['chat', 'responses'])('answers, streams and calls tools through %s, for one call', async (api) => {
    const { check, requests } = await examined({ key: 'secret' }, { api });
    expect(check).toMatchObject({ name: 'model engineer', status: 'ok' });
    expect(check.detail).toMatch(/streams; calls tools; \d+ tokens in, \d+ out, \$0\.00/);
    expect(requests).toBe(1);
  });

  it('calls tools in text where it has no function calling', async () => {
    const text = '{"calls":[{"name":"report_sum","arguments":{"sum":42}}]}';
    const { check } = await examined(
      { answer: () => ({ text }) },
      { tools: 'text', structured: 'json_object' },
    );
    expect(check).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('calls tools, in text (json_object)'),
    });
  });

  it('says what it said when it calls no tool', async () => {
    const { check } = await examined({ answer: () => ({ text: 'It is 42.' }) });
    expect(check).toMatchObject({ status: 'warn', remedy: expect.stringContaining('It said: It is 42.') });
  });

  it('has a wrong key', async () => {
    const body = errorBody('Incorrect API key provided.', 'invalid_api_key', 'invalid_request_error');
    const { check } = await examined({ fault: () => ({ kind: 'status', status: 401, body }) });
    expect(check).toMatchObject({ status: 'warn', remedy: 'Look at the key in ENGINEER_KEY.' });
    expect(check.detail).not.toContain('secret');
  });
});

describe('a catalogue without models', () => {
  it('has nobody to ask', async () => {
    await using folder = await temporaryFolder('modelwright-doctor-');
    expect(
      await examineModels(readConfig({ MODELWRIGHT_HOME: folder.path }, folder.path, '/nowhere'), {}),
    ).toEqual([]);
  });
});
