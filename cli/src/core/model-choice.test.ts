import { catalogueOfEnvironment, readCatalogue, type Variables } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { choosePlayer, type KnownModels, type ModelWishes } from './model-choice.ts';
import { roleModels } from './options.ts';
import { Refusal } from './problem.ts';

const FILE = `
models:
  gpt: {model: gpt-5.4, base_url: https://api.openai.com/v1}
  cheap: {model: gpt-5.4-mini, base_url: https://api.openai.com/v1}
  local: {model: qwen, base_url: http://127.0.0.1:8000/v1, key_env: none}
  other: {base_url: https://example.org/v1, key_env: OTHER_KEY, price: {input: 1, output: 2}}
roles:
  default: [gpt, local]
  tuner: [cheap]
`;
const KEY = { OPENAI_API_KEY: 'k' };

function known(file: string | null, variables: Variables, elsewhere = false): KnownModels {
  const reading =
    file === null
      ? catalogueOfEnvironment(variables)
      : readCatalogue({ file: 'm.yaml', bytes: new TextEncoder().encode(file), variables, read: () => '' });
  if (reading.kind === 'faulty') throw new Error(reading.faults.map((fault) => fault.message).join('; '));
  return { catalogue: reading.catalogue, variables, elsewhere };
}

const refusal = (wishes: ModelWishes, models: KnownModels) => {
  try {
    choosePlayer(wishes, models);
  } catch (error) {
    if (error instanceof Refusal) return error.problems[0];
    throw error;
  }
  throw new Error('not refused');
};

describe('who plays the roles', () => {
  it('is the playbook where there is no model, and that is said', () => {
    const { player, notes } = choosePlayer({}, known(null, {}));
    expect(player).toEqual({ kind: 'playbook', clumsy: false });
    expect(notes).toEqual(['The playbook plays: no language model is asked, nothing is spent.']);
  });

  it('is the playbook where no model has its key, and the missing key is named', () => {
    const keyed = 'models: {gpt: {base_url: https://api.openai.com/v1}}';
    const { player, warnings } = choosePlayer({}, known(keyed, {}));
    expect(player.kind).toBe('playbook');
    expect(warnings).toEqual(['gpt is not asked: OPENAI_API_KEY is not set']);
  });

  it('are the models of the catalogue where one has its key, role by role', () => {
    const { player, notes, warnings } = choosePlayer({}, known(FILE, KEY));
    if (player.kind !== 'models') throw new Error('the playbook plays');
    expect(player.roles.designer).toEqual(['gpt', 'local']);
    expect(player.roles.tuner).toEqual(['cheap']);
    expect(Object.keys(player.roles)).toHaveLength(6);
    expect(notes[0]).toContain('cheap (tuner)');
    expect(warnings).toEqual([expect.stringContaining('local has no known price')]);
  });

  it('is one model that a key alone stands for', () => {
    expect(choosePlayer({}, known(null, KEY)).player).toMatchObject({
      kind: 'models',
      roles: { setup: ['gpt-5.4'], aggregator: ['gpt-5.4'] },
    });
  });

  it('leaves out a model without its key, and says which role that leaves to the playbook', () => {
    const { player, warnings } = choosePlayer({}, known(FILE, {}));
    expect(player).toMatchObject({ roles: { coder: ['local'] } });
    expect(player).not.toHaveProperty('roles.tuner');
    expect(warnings.join('\n')).toContain('gpt is left out: OPENAI_API_KEY is not set');
    expect(warnings.join('\n')).toContain('No model is there for tuner');
  });

  it('is the playbook when told so, whatever there is', () => {
    expect(choosePlayer({ player: 'playbook' }, known(FILE, KEY)).player.kind).toBe('playbook');
    expect(choosePlayer({ clumsy: true }, known(FILE, KEY)).player).toEqual({
      kind: 'playbook',
      clumsy: true,
    });
  });

  it('is whom the user names: one for all, others for single roles', () => {
    const wishes = { model: 'local', roleModel: { designer: ['gpt', 'cheap'] } };
    expect(choosePlayer(wishes, known(FILE, KEY)).player).toMatchObject({
      roles: { designer: ['gpt', 'cheap'], coder: ['local'], tuner: ['local'] },
    });
  });

  it('refuses a model that is not there, and names the nearest', () => {
    expect(refusal({ model: 'chaep' }, known(FILE, KEY))).toMatchObject({
      message: 'no model "chaep"',
      remedy: expect.stringContaining('Did you mean cheap?'),
    });
  });

  it('refuses a model that is named and lacks its key', () => {
    expect(refusal({ model: 'other' }, known(FILE, KEY))).toEqual({
      message: 'other cannot be asked: OTHER_KEY is not set',
      remedy: 'export OTHER_KEY=<your key>',
    });
  });

  it('refuses models where there are none, and what contradicts itself', () => {
    expect(refusal({ player: 'models' }, known(null, {}))?.remedy).toContain('OPENAI_API_KEY');
    expect(refusal({ player: 'playbook', model: 'gpt' }, known(FILE, KEY))?.message).toContain('playbook');
    expect(refusal({ player: 'models', clumsy: true }, known(FILE, KEY))?.message).toContain('clumsy');
  });

  it('is left to services that run elsewhere, where this command knows no model', () => {
    const elsewhere = known(null, {}, true);
    expect(choosePlayer({}, elsewhere).player.kind).toBe('playbook');
    expect(choosePlayer({ player: 'models' }, elsewhere).player).toEqual({ kind: 'models', roles: {} });
    expect(choosePlayer({ roleModel: { coder: ['theirs'] } }, elsewhere).player).toEqual({
      kind: 'models',
      roles: { coder: ['theirs'] },
    });
  });
});

describe('--role-model', () => {
  it('names a role and its models, and may be given for several', () => {
    expect(roleModels('tuner=cheap', roleModels('designer=gpt,local', undefined))).toEqual({
      designer: ['gpt', 'local'],
      tuner: ['cheap'],
    });
  });

  it.each(['designer', 'designer=', 'grader=gpt', 'designer=a=b', '=gpt'])('refuses %j', (text) => {
    expect(() => roleModels(text, undefined)).toThrow('designer=gpt');
  });
});
