/** From what is written to what is meant: every default of the catalogue is decided here. */
import { modelName } from '@modelwright/contracts';
import type { Price } from '../price.ts';
import type { Catalogue, ModelSettings, Variables } from './catalogue.ts';
import type { CatalogueFile, ModelEntry } from './catalogue-file.ts';
import type { PriceFile } from './price-file.ts';
import { listPrice } from './price-table.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
const OPENAI_KEY = 'OPENAI_API_KEY';
/** What a key alone is used for. */
const DEFAULT_MODEL = 'gpt-5.4';

const CONTEXT_TOKENS = 128_000;
/** Long enough for a whole source file; who reasons at length needs more. What may come is reserved before each call. */
const OUTPUT_TOKENS = 16_384;

export function completeCatalogue(
  file: CatalogueFile,
  variables: Variables,
  prices: PriceFile | null,
): Catalogue {
  const written = file.models ?? modelsOfEnvironment(variables);
  const models = Object.fromEntries(
    Object.entries(written).map(([name, entry]) => [name, completeModel(name, entry, { variables, prices })]),
  );
  const [first] = Object.keys(models);
  return {
    models,
    roles: { ...(first === undefined ? {} : { default: [first] }), ...defined(file.roles ?? {}) },
    web: { searchUrl: file.web?.search_url ?? null, deny: file.web?.deny ?? [] },
  };
}

/** A key, or the address of a server and the name of its model, are a catalogue of one. */
function modelsOfEnvironment(variables: Variables): Readonly<Record<string, ModelEntry>> {
  const model = set(variables['OPENAI_MODEL']);
  const server = set(variables['OPENAI_BASE_URL']);
  const key = set(variables[OPENAI_KEY]);
  if (key === null && (server === null || model === null)) return {};
  const asked = model ?? DEFAULT_MODEL;
  return { [modelName.safeParse(asked).success ? asked : 'default']: { model: asked } };
}

interface Surroundings {
  readonly variables: Variables;
  readonly prices: PriceFile | null;
}

function completeModel(name: string, entry: ModelEntry, { variables, prices }: Surroundings): ModelSettings {
  const baseUrl = entry.base_url ?? set(variables['OPENAI_BASE_URL']) ?? OPENAI_URL;
  const model = entry.model ?? name;
  const contextTokens = entry.context_tokens ?? CONTEXT_TOKENS;
  return {
    name,
    model,
    baseUrl,
    api: entry.api ?? (isOpenAi(baseUrl) ? 'responses' : 'chat'),
    keyEnv: keyVariable(entry, baseUrl, variables),
    tools: entry.tools ?? 'native',
    structured: entry.structured ?? 'json_schema',
    contextTokens,
    maxOutputTokens: entry.max_output_tokens ?? Math.min(OUTPUT_TOKENS, Math.floor(contextTokens / 4)),
    temperature: entry.temperature ?? null,
    reasoningEffort: entry.reasoning_effort ?? null,
    price: priceOf(entry, model, baseUrl, prices),
    timeoutMs: (entry.timeout_seconds ?? 600) * 1000,
    idleMs: (entry.idle_seconds ?? 90) * 1000,
    requestsPerMinute: entry.requests_per_minute ?? null,
  };
}

/** A server on this machine seldom wants a key. */
function keyVariable(entry: ModelEntry, baseUrl: string, variables: Variables): string | null {
  if (entry.key_env === 'none') return null;
  if (entry.key_env !== undefined) return entry.key_env;
  return isLoopback(baseUrl) && set(variables[OPENAI_KEY]) === null ? null : OPENAI_KEY;
}

/** As written, else from the price file, else OpenAI's list price for OpenAI's own server. */
function priceOf(entry: ModelEntry, model: string, baseUrl: string, prices: PriceFile | null): Price | null {
  if (entry.price !== undefined) {
    const { input, output, cached_input: cachedInput = input } = entry.price;
    return { input, cachedInput, output, source: 'modelwright.yaml', long: null };
  }
  return prices?.priceOf(model, baseUrl) ?? (isOpenAi(baseUrl) ? listPrice(model) : null);
}

const isOpenAi = (url: string) => /(^|\.)api\.openai\.com$/.test(hostOf(url));
const isLoopback = (url: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostOf(url));
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/** A variable set to nothing counts as not set. */
const set = (value: string | undefined) => (value === undefined || value === '' ? null : value);

function defined<Value>(entries: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) found[key] = value;
  return found;
}
