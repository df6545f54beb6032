import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasKey, modelsFor, type Variables } from './catalogue.ts';
import { type CatalogueSource, catalogueOfEnvironment, readCatalogue } from './read-catalogue.ts';

const source = (
  text: string,
  variables: Variables = {},
  files: Record<string, string> = {},
): CatalogueSource => ({
  file: 'modelwright.yaml',
  bytes: new TextEncoder().encode(text),
  variables,
  read(path) {
    const found = files[path];
    if (found === undefined) throw new Error('no such file');
    return found;
  },
});
const read = (...[text, variables, files]: Parameters<typeof source>) => {
  const reading = readCatalogue(source(text, variables, files));
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.catalogue;
};
const faultsOf = (text: string, variables: Variables = {}) => {
  const reading = readCatalogue(source(text, variables));
  return reading.kind === 'faulty' ? reading.faults : [];
};
const ofEnvironment = (variables: Variables) => {
  const reading = catalogueOfEnvironment(variables);
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.catalogue;
};

const TWO = `models:
  gpt:
    model: gpt-5.4
  local:
    model: qwen3-coder
    base_url: http://127.0.0.1:11434/v1
roles:
  default: [gpt, local]
  tuner: [local]
`;

describe('a model catalogue', () => {
  it('decides every default', () => {
    const { models } = read('models: {gpt: {model: gpt-5.4}}\n');
    expect(models['gpt']).toEqual({
      name: 'gpt',
      model: 'gpt-5.4',
      baseUrl: 'https://api.openai.com/v1',
      api: 'responses',
      keyEnv: 'OPENAI_API_KEY',
      tools: 'native',
      structured: 'json_schema',
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
      temperature: null,
      reasoningEffort: null,
      price: expect.objectContaining({ input: 2.5, cachedInput: 0.25, output: 15 }),
      timeoutMs: 600_000,
      idleMs: 90_000,
      requestsPerMinute: null,
    });
  });

  it('has a model called as its provider calls it where no other name is written', () => {
    expect(read('models: {gpt-5.4-mini: {}}\n').models['gpt-5.4-mini']?.model).toBe('gpt-5.4-mini');
  });

  it('speaks Chat Completions to every server but OpenAI’s, and asks one on this machine without a key', () => {
    const { models } = read(TWO);
    expect(models['local']).toMatchObject({ api: 'chat', keyEnv: null, price: null });
    expect(read(TWO, { OPENAI_API_KEY: 'k' }).models['local']?.keyEnv).toBe('OPENAI_API_KEY');
  });

  it('keeps a short context mostly for the request', () => {
    const { models } = read('models: {small: {context_tokens: 8192}}\n');
    expect(models['small']?.maxOutputTokens).toBe(2048);
  });

  it('says who plays a role, in the order they are asked', () => {
    const catalogue = read(TWO);
    expect(modelsFor(catalogue, 'coder')).toEqual(['gpt', 'local']);
    expect(modelsFor(catalogue, 'tuner')).toEqual(['local']);
  });

  it('asks the first model alone where no roles are written', () => {
    expect(modelsFor(read('models: {a: {}, b: {}}\n'), 'coder')).toEqual(['a']);
  });

  it('knows whether a key is there, and never what it is', () => {
    const variables = { MY_KEY: 'sk-hidden', OPENAI_API_KEY: '' };
    const { models } = read('models: {a: {key_env: MY_KEY}, b: {}, c: {key_env: none}}\n', variables);
    const has = Object.values(models).map((model) => [model.name, hasKey(model, variables)]);
    expect(has).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
    expect(JSON.stringify(models)).not.toContain('sk-hidden');
  });

  it('takes a price from the file, then from the price file, then from the list of OpenAI’s server', () => {
    const prices = { 'gpt-5.4': { input_cost_per_token: 3e-6, output_cost_per_token: 1.6e-5 } };
    const text = `prices: prices.json
models:
  own: {model: gpt-5.4, price: {input: 1, output: 2}}
  listed: {model: gpt-5.4}
  table: {model: gpt-5.1}
  elsewhere: {model: gpt-5.1, base_url: 'https://models.example/v1'}
`;
    const { models } = read(text, {}, { 'prices.json': JSON.stringify(prices) });
    expect(models['own']?.price).toMatchObject({ input: 1, cachedInput: 1, output: 2 });
    expect(models['listed']?.price).toMatchObject({ input: 3, output: 16, source: 'prices.json' });
    expect(models['table']?.price).toMatchObject({ input: 1.25, output: 10 });
    expect(models['elsewhere']?.price).toBeNull();
  });
});

describe('a fault of modelwright.yaml', () => {
  it('is an unknown key, with the nearest known one', () => {
    expect(faultsOf('models:\n  gpt:\n    modle: gpt-5.4\n')).toEqual([
      {
        message: 'unknown key "modle" under "models.gpt"',
        remedy: 'Did you mean "model"?',
        file: 'modelwright.yaml',
        line: 3,
        column: 5,
      },
    ]);
  });

  it('is a role that nobody has', () => {
    expect(faultsOf('models: {a: {}}\nroles:\n  codr: [a]\n')[0]).toMatchObject({
      line: 3,
      remedy: 'Did you mean "coder"?',
    });
  });

  it('is a model that is not there, with the nearest', () => {
    expect(faultsOf(TWO.replace('[gpt, local]', '[gtp, local]'))).toEqual([
      {
        message: 'roles.default: there is no model "gtp"',
        remedy: 'Did you mean "gpt"? Known: gpt, local.',
        file: 'modelwright.yaml',
        line: 8,
        column: 13,
      },
    ]);
  });

  it('is a key written into it', () => {
    const [fault] = faultsOf('models:\n  gpt:\n    key_env: sk-proj-abc\n');
    expect(fault?.message).toContain('the name of an environment variable is needed');
  });

  it('is a server that has no address', () => {
    const [fault] = faultsOf('models:\n  gpt:\n    base_url: localhost:8000\n');
    expect(fault).toMatchObject({ line: 3, column: 5 });
    expect(fault?.message).toContain('a URL such as');
  });

  it('is a price file that is not there', () => {
    expect(faultsOf('models: {a: {}}\nprices: none.json\n')[0]).toMatchObject({
      message: 'prices: none.json cannot be read: no such file',
      line: 2,
    });
  });

  it('is never an exception, whatever the YAML', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(['read', 'faulty']).toContain(readCatalogue(source(json)).kind);
      }),
    );
  });
});

describe('the environment alone', () => {
  it('makes a catalogue of one from a key', () => {
    const catalogue = ofEnvironment({ OPENAI_API_KEY: 'k' });
    expect(Object.keys(catalogue.models)).toHaveLength(1);
    expect(modelsFor(catalogue, 'setup')).toEqual(Object.keys(catalogue.models));
  });

  it('makes one from a server without keys and the name of its model', () => {
    const { models } = ofEnvironment({ OPENAI_BASE_URL: 'http://localhost:8000/v1', OPENAI_MODEL: 'qwen3' });
    expect(models['qwen3']).toMatchObject({ baseUrl: 'http://localhost:8000/v1', api: 'chat', keyEnv: null });
  });

  it('has no model without either', () => {
    expect(ofEnvironment({}).models).toEqual({});
    expect(ofEnvironment({ OPENAI_API_KEY: '' }).models).toEqual({});
    expect(modelsFor(ofEnvironment({}), 'coder')).toEqual([]);
  });

  it('with an address that is none is refused', () => {
    expect(catalogueOfEnvironment({ OPENAI_BASE_URL: 'nowhere' }).kind).toBe('faulty');
  });
});
