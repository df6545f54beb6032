/** Who plays the roles of a run, from what the user asked for and what models there are. */
import { type AgentRoleName, agentRole, type RunPlayer } from '@modelwright/contracts';
import { type Catalogue, hasKey, type ModelSettings, modelsFor, type Variables } from '@modelwright/llm';
import { nearest } from '@modelwright/yaml-file';
import { badInput } from './problem.ts';

export interface ModelWishes {
  readonly player?: 'playbook' | 'models' | undefined;
  /** For every role. */
  readonly model?: string | undefined;
  readonly roleModel?: RoleModels | undefined;
  readonly clumsy?: boolean | undefined;
}

export type RoleModels = Readonly<Partial<Record<AgentRoleName, readonly string[]>>>;

export interface KnownModels {
  readonly catalogue: Catalogue;
  /** Where keys are looked for. */
  readonly variables: Variables;
  /** The services are somebody else's, and so is their catalogue. */
  readonly elsewhere: boolean;
}

export interface ModelChoice {
  readonly player: RunPlayer;
  /** What was decided for the user, in words. */
  readonly notes: readonly string[];
  /** What the user might not expect. */
  readonly warnings: readonly string[];
}

/** @throws Refusal when what is asked for is not there. */
export function choosePlayer(wishes: ModelWishes, known: KnownModels): ModelChoice {
  const named = wishes.model !== undefined || Object.keys(wishes.roleModel ?? {}).length > 0;
  refuseContradiction(wishes, named);
  const usable = Object.values(known.catalogue.models).some((model) => hasKey(model, known.variables));
  if (wishes.player === 'playbook' || (wishes.player === undefined && !named && (!usable || wishes.clumsy))) {
    return playbook(wishes, known);
  }
  if (known.elsewhere && !usable) return { player: ofServices(wishes), notes: [], warnings: [] };
  if (!usable) throw noModel(known);
  const { roles, warnings } = rolesOf(wishes, known);
  const used = new Set(Object.values(roles).flat());
  return {
    player: { kind: 'models', roles },
    notes: [rolesText(roles)],
    warnings: [...warnings, ...unpriced(known.catalogue, used)],
  };
}

function refuseContradiction({ player, clumsy }: ModelWishes, named: boolean): void {
  if (player === 'playbook' && named) {
    throw badInput({
      message: 'a model is named, and the playbook is to play',
      remedy: 'Leave out --player playbook, or the names of models.',
    });
  }
  if (clumsy === true && (player === 'models' || named)) {
    throw badInput({
      message: 'only the playbook is clumsy on purpose',
      remedy: 'Leave out --clumsy, or let the playbook play: --player playbook.',
    });
  }
}

function playbook({ player, clumsy }: ModelWishes, known: KnownModels): ModelChoice {
  const keyless = player === undefined && clumsy !== true ? Object.values(known.catalogue.models) : [];
  return {
    player: { kind: 'playbook', clumsy: clumsy ?? false },
    notes: ['The playbook plays: no language model is asked, nothing is spent.'],
    warnings: keyless.map((model) => `${model.name} is not asked: ${keyText(model)}`),
  };
}

/** The services know their models; this command does not. */
function ofServices({ model, roleModel = {} }: ModelWishes): RunPlayer {
  const everywhere = model === undefined ? {} : everyRole(() => [model]);
  return { kind: 'models', roles: asNamed({ ...everywhere, ...roleModel }) };
}

function rolesOf(wishes: ModelWishes, known: KnownModels) {
  const { catalogue, variables } = known;
  const { model, roleModel = {} } = wishes;
  const wanted = everyRole((role) => {
    const stated = roleModel[role] ?? (model === undefined ? undefined : [model]);
    return stated?.map((name) => requireModel(name, catalogue, variables)) ?? modelsFor(catalogue, role);
  });
  const isUsable = (name: string) => {
    const settings = catalogue.models[name];
    return settings !== undefined && hasKey(settings, variables);
  };
  const roles = everyRole((role) => (wanted[role] ?? []).filter(isUsable));
  const leftOut = new Set(
    Object.values(wanted)
      .flat()
      .filter((name) => !isUsable(name)),
  );
  const bare = agentRole.options.filter((role) => (roles[role] ?? []).length === 0);
  const warnings = [...leftOut].map((name) => `${name} is left out: ${keyText(catalogue.models[name])}`);
  if (bare.length > 0)
    warnings.push(`No model is there for ${bare.join(', ')}: the playbook takes over there.`);
  return { roles: asNamed(roles), warnings };
}

function everyRole(models: (role: AgentRoleName) => readonly string[]): RoleModels {
  return Object.fromEntries(agentRole.options.map((role) => [role, models(role)]));
}

/** A role without models is left out: it would not be a chain. */
function asNamed(roles: RoleModels): Partial<Record<AgentRoleName, string[]>> {
  const named: Partial<Record<AgentRoleName, string[]>> = {};
  for (const role of agentRole.options) {
    const models = roles[role] ?? [];
    if (models.length > 0) named[role] = [...models];
  }
  return named;
}

function requireModel(name: string, { models }: Catalogue, variables: Variables): string {
  const settings = Object.hasOwn(models, name) ? models[name] : undefined;
  if (settings === undefined) {
    const known = Object.keys(models);
    const near = nearest(name, known);
    throw badInput({
      message: `no model "${name}"`,
      remedy: `${near === null ? '' : `Did you mean ${near}? `}Known: ${known.join(', ')}. docs/models.md says how to add one.`,
    });
  }
  if (hasKey(settings, variables)) return name;
  throw badInput({
    message: `${name} cannot be asked: ${keyText(settings)}`,
    remedy: `export ${settings.keyEnv}=<your key>`,
  });
}

function keyText(model: ModelSettings | undefined): string {
  return model === undefined ? 'it is not in modelwright.yaml' : `${model.keyEnv} is not set`;
}

function noModel({ catalogue }: KnownModels) {
  const [first] = Object.values(catalogue.models);
  return badInput({
    message:
      first === undefined ? 'there is no language model to play' : `no model has its key: ${keyText(first)}`,
    remedy:
      'Set OPENAI_API_KEY (and OPENAI_BASE_URL for another server), or write modelwright.yaml: docs/models.md.\n' +
      'Or let the playbook play, which needs neither: --player playbook.',
  });
}

/** `Models: gpt, else local (all roles)`, or role by role where they differ. */
function rolesText(roles: RoleModels): string {
  const chains = new Map<string, string[]>();
  for (const [role, models] of Object.entries(roles)) {
    const chain = models.join(', else ');
    chains.set(chain, [...(chains.get(chain) ?? []), role]);
  }
  const parts = [...chains].map(([chain, played]) =>
    chains.size === 1 ? chain : `${chain} (${played.join(', ')})`,
  );
  return `Models play: ${parts.join('; ')}.`;
}

function unpriced({ models }: Catalogue, used: ReadonlySet<string>): string[] {
  return [...used]
    .filter((name) => models[name]?.price === null)
    .map(
      (name) =>
        `${name} has no known price: the budget in dollars does not hold for it. ` +
        'State price: in modelwright.yaml, or budget.tokens in task.yaml.',
    );
}
