import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelsFor } from '@modelwright/llm';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentConfig, agentEnvironment, modelsEnvironment } from './agent-config.ts';

const YAML = `models:
  cloud: {model: gpt-5.4, key_env: CLOUD_KEY}
  local: {base_url: 'http://127.0.0.1:8000/v1'}
prices: prices.json
roles: {default: [cloud, local]}
`;

describe('the models that a service is configured with', () => {
  it('are those of the file that is named, with their keys and no others', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'modelwright.yaml');
    await writeFile(file, YAML);
    await writeFile(join(folder.path, 'prices.json'), '{}');
    const config = agentConfig.parse({ MODELWRIGHT_CONFIG: file, CLOUD_KEY: 'k', OTHER_KEY: 'o' });
    expect(modelsFor(config.models.catalogue, 'coder')).toEqual(['cloud', 'local']);
    expect(config.models.keys).toEqual({ CLOUD_KEY: 'k' });
    expect(config.AGENT_CONCURRENCY).toBe(20);
  });

  it('are none where nothing is said', () => {
    expect(agentConfig.parse({}).models.catalogue.models).toEqual({});
  });

  it('stand beside what else a service reads', () => {
    const own = agentEnvironment.extend({ OWN: z.string() }).and(modelsEnvironment);
    expect(own.parse({ OWN: 'x', OPENAI_API_KEY: 'k' })).toMatchObject({
      OWN: 'x',
      models: { keys: { OPENAI_API_KEY: 'k' } },
    });
  });

  it('with faults keep the service from starting, each with its place', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'modelwright.yaml');
    await writeFile(file, 'models:\n  a: {modle: x}\n  b: {ap: chat}\n');
    const issues = agentConfig.safeParse({ MODELWRIGHT_CONFIG: file }).error?.issues ?? [];
    expect(issues.map(({ message }) => message)).toEqual([
      `${file}:2:7: unknown key "modle" under "models.a". Did you mean "model"?`,
      `${file}:3:7: unknown key "ap" under "models.b". Did you mean "api"?`,
    ]);
  });

  it('are missed when their file is', () => {
    const issues = agentConfig.safeParse({ MODELWRIGHT_CONFIG: '/nowhere.yaml' }).error?.issues ?? [];
    expect(issues[0]).toMatchObject({ path: ['MODELWRIGHT_CONFIG'] });
    expect(issues[0]?.message).toContain('/nowhere.yaml: cannot be read');
  });
});
