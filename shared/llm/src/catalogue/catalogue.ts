/** The models that this process may ask, complete: every default decided. Holds no key. */
import type { AgentRoleName } from '@modelwright/contracts';
import type { Price } from '../price.ts';
import type { ModelEntry } from './catalogue-file.ts';

export interface ModelSettings {
  /** In `roles:`, in flags and in records. */
  readonly name: string;
  /** The provider's. */
  readonly model: string;
  readonly baseUrl: string;
  readonly api: 'chat' | 'responses';
  /** The environment variable that holds the key; null: it is asked without one. */
  readonly keyEnv: string | null;
  readonly tools: 'native' | 'text';
  readonly structured: 'json_schema' | 'json_object' | 'none';
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly temperature: number | null;
  readonly reasoningEffort: NonNullable<ModelEntry['reasoning_effort']> | null;
  /** Null: its calls are counted as not priced. */
  readonly price: Price | null;
  readonly timeoutMs: number;
  readonly idleMs: number;
  readonly requestsPerMinute: number | null;
}

export interface Catalogue {
  readonly models: Readonly<Record<string, ModelSettings>>;
  /** Names of models, the first to be asked first. */
  readonly roles: Readonly<Partial<Record<AgentRoleName | 'default', readonly string[]>>>;
  readonly web: WebSettings;
}

export interface WebSettings {
  /** Answers as SearXNG does: `?q=…&format=json`. Null: there is no searching. */
  readonly searchUrl: string | null;
  /** Hosts, with all below them, that are never read. */
  readonly deny: readonly string[];
}

/** Who plays a role, the first to be asked first; nobody in a catalogue without models. */
export function modelsFor(catalogue: Catalogue, role: AgentRoleName): readonly string[] {
  return catalogue.roles[role] ?? catalogue.roles.default ?? [];
}

/** By the names of environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Whether the key that a model needs is there. */
export function hasKey(settings: ModelSettings, variables: Variables): boolean {
  return settings.keyEnv === null || (variables[settings.keyEnv] ?? '') !== '';
}
