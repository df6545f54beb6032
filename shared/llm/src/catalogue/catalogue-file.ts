/** `modelwright.yaml` as it is written: which models there are, who plays which role, what they cost. */
import { modelName } from '@modelwright/contracts';
import { z } from 'zod';

/** The name of an environment variable. A key itself does not belong into the file. */
const keyVariable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable is needed, not the key itself');

/** US dollars per million tokens. */
const rate = z.number().nonnegative().max(1_000_000);

export const priceEntry = z.strictObject({
  input: rate,
  /** Default: as `input`. */
  cached_input: rate.optional(),
  output: rate,
});

export const modelEntry = z.strictObject({
  /** The provider's name of the model. Default: the name it has here. */
  model: z.string().min(1).optional(),
  /** Default: OPENAI_BASE_URL, else OpenAI's. */
  base_url: z
    .url({ protocol: /^https?$/, error: 'a URL such as http://127.0.0.1:8000/v1 is needed' })
    .optional(),
  /** Chat Completions, which most servers speak, or Responses. Default: `responses` for OpenAI's own server. */
  api: z.enum(['chat', 'responses']).optional(),
  /** The environment variable that holds the key; `none` for a server without keys. Default OPENAI_API_KEY. */
  key_env: keyVariable.optional(),
  /** How tools are called: by the provider's function calling, or in the text of a reply, for models that lack it. */
  tools: z.enum(['native', 'text']).optional(),
  /** What the text protocol may ask the server for. */
  structured: z.enum(['json_schema', 'json_object', 'none']).optional(),
  /** Tokens of a request and its reply together. */
  context_tokens: z.int().min(1024).max(100_000_000).optional(),
  /** Tokens of a reply, reasoning included. */
  max_output_tokens: z.int().min(64).max(10_000_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
  price: priceEntry.optional(),
  /** For a whole call. */
  timeout_seconds: z.number().positive().max(86_400).optional(),
  /** For a stream in which nothing comes. */
  idle_seconds: z.number().positive().max(3600).optional(),
  /** Shared by all processes that use the same key. */
  requests_per_minute: z.number().positive().max(1_000_000).optional(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

/** Models by name, the first to be asked first. */
const chain = z.array(modelName).min(1);

export const rolesEntry = z.strictObject({
  /** Of every role that is not named. */
  default: chain.optional(),
  setup: chain.optional(),
  manager: chain.optional(),
  designer: chain.optional(),
  coder: chain.optional(),
  tuner: chain.optional(),
  aggregator: chain.optional(),
});

export const webEntry = z.strictObject({
  /** A search engine that answers as SearXNG does: `?q=…&format=json`. */
  search_url: z.url({ protocol: /^https?$/, error: 'a URL is needed' }).optional(),
  /** Hosts, with all below them, that are never read. */
  deny: z.array(z.string().min(1)).optional(),
});

export const catalogueFile = z.strictObject({
  models: z.record(modelName, modelEntry).optional(),
  roles: rolesEntry.optional(),
  /** LiteLLM's price file, relative to this one. */
  prices: z.string().min(1).optional(),
  web: webEntry.optional(),
});
export type CatalogueFile = z.infer<typeof catalogueFile>;
