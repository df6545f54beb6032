/** What `doctor` has found out about a model, as a check among its others. */
import type { Failure, Usage } from '@modelwright/contracts';
import type { ModelSettings } from '@modelwright/llm';
import { usdText } from './text/quantity.ts';
import { oneLine } from './text/shorten.ts';

export type ModelFinding =
  | {
      readonly kind: 'answered';
      readonly settings: ModelSettings;
      readonly milliseconds: number;
      readonly streamed: boolean;
      /** Parameters that the server refused, and answered without. */
      readonly leftOut: readonly string[];
      /** It called the tool it was to call, with the right answer. */
      readonly callsTools: boolean;
      readonly refused: boolean;
      readonly said: string;
      readonly usage: Usage;
    }
  | { readonly kind: 'silent'; readonly settings: ModelSettings; readonly failure: Failure }
  | { readonly kind: 'keyless'; readonly settings: ModelSettings };

/** As the other checks of `doctor` are. A model that does not answer is no reason why a run could not work. */
export interface ModelCheck {
  readonly name: string;
  readonly status: 'ok' | 'warn';
  readonly detail: string;
  readonly remedy: string | null;
}

/** @param findings Null: nobody was asked. */
export function modelChecks(findings: readonly ModelFinding[] | null): ModelCheck[] {
  if (findings === null) return [];
  if (findings.length > 0) return findings.map(modelCheck);
  const detail = 'none is configured; the playbook plays the roles (docs/models.md)';
  return [{ name: 'models', status: 'ok', detail, remedy: null }];
}

export function modelCheck(finding: ModelFinding): ModelCheck {
  const { settings } = finding;
  const at = `${settings.model} at ${settings.baseUrl} (${settings.api})`;
  const name = `model ${settings.name}`;
  switch (finding.kind) {
    case 'keyless':
      return {
        name,
        status: 'warn',
        detail: `${at}: ${settings.keyEnv} is not set, so it is not asked`,
        remedy: `export ${settings.keyEnv}=<your key>`,
      };
    case 'silent':
      return {
        name,
        status: 'warn',
        detail: `${at}: ${oneLine(finding.failure.message, 300)}`,
        remedy: remedyFor(finding.failure.kind, settings),
      };
    case 'answered': {
      const remedy = weakness(finding);
      return {
        name,
        status: remedy === null ? 'ok' : 'warn',
        detail: `${at}: ${abilities(finding)}`,
        remedy,
      };
    }
  }
}

type Answered = Extract<ModelFinding, { kind: 'answered' }>;

function abilities(found: Answered): string {
  const { settings, usage, leftOut } = found;
  const how = settings.tools === 'text' ? `, in text (${settings.structured})` : '';
  const parts = [
    `answers in ${(found.milliseconds / 1000).toFixed(1)} s`,
    found.streamed ? 'streams' : 'does not stream',
    found.callsTools ? `calls tools${how}` : 'does not call tools as told',
    `${usage.inputTokens} tokens in, ${usage.outputTokens} out, ${usage.priced ? usdText(usage.microUsd) : 'no known price'}`,
  ];
  if (leftOut.length > 0) parts.push(`does without ${leftOut.join(', ')}`);
  return parts.join('; ');
}

/** The gravest first; null where an agent can work with it. */
function weakness(found: Answered): string | null {
  const { settings, usage } = found;
  if (found.refused) return `It refused: ${oneLine(found.said, 200)}. Take another model.`;
  if (!found.callsTools) {
    const said = oneLine(found.said, 120) || 'nothing';
    return settings.tools === 'native'
      ? `It said: ${said}. Write "tools: text" for a model without function calling, or look at how its server is started: docs/models.md.`
      : `It said: ${said}. It may be too small for the work of an agent.`;
  }
  if (!usage.priced)
    return 'State price: {input: …, output: …} in USD per million tokens, so that budgets hold.';
  return null;
}

const REMEDIES: Readonly<Record<string, (settings: ModelSettings) => string>> = {
  'not-allowed': ({ keyEnv }) =>
    keyEnv === null
      ? 'The server wants a key: name its variable in key_env.'
      : `Look at the key in ${keyEnv}.`,
  'quota-spent': () => 'The account has no money left: look at its billing page.',
  'bad-request': () => 'Look at model, api and base_url in modelwright.yaml.',
  unavailable: ({ baseUrl }) => `Is a server running at ${baseUrl}, and is its model loaded?`,
  'rate-limited': () => 'Too many requests: wait, or state requests_per_minute in modelwright.yaml.',
  stalled: () => 'A model that is being loaded needs its time: try once more, or raise idle_seconds.',
  'context-overflow': () => 'The server takes too few tokens for agents: give it at least 32,000.',
};

function remedyFor(kind: string, settings: ModelSettings): string {
  return REMEDIES[kind]?.(settings) ?? 'Try once more; docs/models.md says how servers are configured.';
}
