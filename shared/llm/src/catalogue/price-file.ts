/**
 * LiteLLM's price file, `model_prices_and_context_window.json`: an object of models by name, prices in US dollars per single
 * token. Only what is asked for is looked at: of its thousands of entries many are of other shapes.
 */
import { z } from 'zod';
import type { Price, Rates } from '../price.ts';
import { withoutDate } from './price-table.ts';

const perToken = z.number().nonnegative().optional();

const entry = z.looseObject({
  input_cost_per_token: z.number().nonnegative(),
  output_cost_per_token: z.number().nonnegative(),
  output_cost_per_reasoning_token: perToken,
  cache_read_input_token_cost: perToken,
  cache_creation_input_token_cost: perToken,
});
type Entry = z.infer<typeof entry>;

export interface PriceFile {
  /** Null where the file has no price for a model on a server. */
  priceOf(model: string, baseUrl: string): Price | null;
}

/**
 * @param source Its name, for people.
 * @throws SyntaxError when it is not JSON; ZodError when it is not an object.
 */
export function readPriceFile(text: string, source: string): PriceFile {
  const entries = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return {
    priceOf(model, baseUrl) {
      for (const name of namesOf(model, baseUrl)) {
        const parsed = entry.safeParse(Object.hasOwn(entries, name) ? entries[name] : undefined);
        if (parsed.success) return priceIn(parsed.data, source);
      }
      return null;
    },
  };
}

/** What LiteLLM calls the providers of some servers. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'openrouter.ai': 'openrouter',
  'api.groq.com': 'groq',
  'api.deepseek.com': 'deepseek',
  'api.together.xyz': 'together_ai',
  'api.fireworks.ai': 'fireworks_ai',
  'api.mistral.ai': 'mistral',
  'api.x.ai': 'xai',
  'generativelanguage.googleapis.com': 'gemini',
};

function namesOf(model: string, baseUrl: string): string[] {
  const provider = PROVIDERS[new URL(baseUrl).hostname];
  const names = provider === undefined ? [model] : [`${provider}/${model}`, model];
  return names.flatMap((name) => [name, withoutDate(name)]);
}

function priceIn(found: Entry, source: string): Price {
  const above = lowestStep(found);
  const long =
    above === null ? null : { ...ratesIn(found, `_above_${above}k_tokens`), aboveInputTokens: above * 1000 };
  return { ...ratesIn(found, ''), source, long };
}

/** Thousands of input tokens above which a call is dearer; null where there is no such step. */
function lowestStep(found: Entry): number | null {
  const steps = Object.keys(found).flatMap((key) => {
    const step = /^(?:input|output)_cost_per_token_above_(\d+)k_tokens$/.exec(key)?.[1];
    return step === undefined ? [] : [Number(step)];
  });
  return steps.length === 0 ? null : Math.min(...steps);
}

/** Where a step names no rate of its own the ordinary one goes on. Reasoning that costs extra makes all output cost so. */
function ratesIn(found: Entry, suffix: string): Rates {
  const rate = (key: string, otherwise: number): number => {
    const stepped = perToken.safeParse(found[`${key}${suffix}`]).data;
    return stepped === undefined ? otherwise : millions(stepped);
  };
  const input = rate('input_cost_per_token', millions(found.input_cost_per_token));
  const cachedInput = rate(
    'cache_read_input_token_cost',
    found.cache_read_input_token_cost === undefined ? input : millions(found.cache_read_input_token_cost),
  );
  const written = rate(
    'cache_creation_input_token_cost',
    millions(found.cache_creation_input_token_cost ?? 0),
  );
  const output = rate('output_cost_per_token', millions(found.output_cost_per_token));
  return {
    input,
    cachedInput,
    ...(written > 0 ? { cacheWrite: written } : {}),
    output: Math.max(output, millions(found.output_cost_per_reasoning_token ?? 0)),
  };
}

/** US dollars per token to US dollars per million, without the noise of floating point. */
function millions(perSingleToken: number): number {
  return Math.round(perSingleToken * 1e12) / 1e6;
}
