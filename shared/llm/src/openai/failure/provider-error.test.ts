import { describe, expect, it } from 'vitest';
import { meaningOf } from './provider-error.ts';

const OPENAI_TPM = 'Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested 41000.';

describe("a provider's error", () => {
  it.each([
    [429, ['rate_limit_exceeded'], 'Rate limit reached for requests', 'rate-limited'],
    [429, ['insufficient_quota'], 'You exceeded your current quota', 'quota-spent'],
    [429, [], 'You exceeded your current quota; retry in 20 s', 'rate-limited'],
    [429, ['rate_limit_exceeded'], OPENAI_TPM, 'context-overflow'],
    [402, [], 'Insufficient Balance', 'quota-spent'],
    [400, ['context_length_exceeded'], '', 'context-overflow'],
    [
      400,
      [],
      "This model's maximum context length is 4096 tokens. However, you requested 5000",
      'context-overflow',
    ],
    [
      400,
      [],
      'the request exceeds the available context size. try increasing the context size',
      'context-overflow',
    ],
    [400, [], 'prompt is too long: 210000 tokens > 200000 maximum', 'context-overflow'],
    [413, [], 'Payload Too Large', 'context-overflow'],
    [400, ['content_filter'], 'The response was filtered', 'content-filter'],
    [400, ['invalid_request_error'], 'messages must alternate', 'bad-request'],
    [401, ['invalid_api_key'], 'Incorrect API key provided', 'not-allowed'],
    [403, [], 'Country not supported', 'not-allowed'],
    [404, ['model_not_found'], 'The model `x` does not exist', 'bad-request'],
    [422, [], 'Extra inputs are not permitted', 'bad-request'],
    [500, [], 'Internal server error', 'unavailable'],
    [529, ['overloaded_error'], 'Overloaded', 'unavailable'],
    [null, ['rate_limit_exceeded'], 'Too many', 'rate-limited'],
    [null, ['server_error'], 'Oh.', 'unavailable'],
    [null, ['502'], 'Provider disconnected', 'unavailable'],
    [null, [], 'Something', 'broken-reply'],
  ] as const)('%s %j "%s" means %s', (status, codes, message, meaning) => {
    expect(meaningOf({ status, codes, message })).toBe(meaning);
  });
});
