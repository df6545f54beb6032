/** Whatever went wrong between us and a provider, as a failure of the port: of which kind, and what it may have cost. */
import OpenAI from 'openai';
import type { ModelFailure, ModelFailureKind } from '../../model.ts';
import { FailedResponse } from '../responses/responses-reader.ts';
import { BrokenReply } from '../wire-api.ts';
import type { WireOptions } from '../wire-options.ts';
import { connectionOf, innermost } from './connection.ts';
import { type FailureSetting, modelFailure } from './model-failures.ts';
import { type ErrorFacts, factsOf, meaningOf } from './provider-error.ts';
import { retryAfter } from './retry-after.ts';
import { Stalled } from './stalled.ts';

/** The provider would not have the request answered, and said so before it was read by a model. */
export interface Blocked {
  readonly blocked: string;
}

/** Statuses with which a gateway gives up on an answer that the server behind it may still finish. */
const GIVEN_UP = new Set([408, 504, 524]);

export function classify(error: unknown, options: WireOptions): ModelFailure | Blocked {
  const setting = { name: options.name, key: options.key, cause: error };
  if (error instanceof Stalled) return modelFailure('stalled', error.message, setting, { charge: 'ceiling' });
  if (error instanceof NotAProvider) {
    return modelFailure('bad-request', error.message, setting, { charge: 'none' });
  }
  if (error instanceof OpenAI.APIConnectionError) return ofConnection(error, setting);
  if (error instanceof OpenAI.APIError) return ofProvider(error, setting, options);
  if (error instanceof FailedResponse) {
    const facts = { status: null, codes: [error.code], message: error.message };
    return inStream(facts, setting);
  }
  const what = error instanceof BrokenReply ? error.message : `the reply broke off (${innermost(error)})`;
  return modelFailure('broken-reply', what, setting, { charge: 'ceiling' });
}

function ofConnection(error: Error, setting: FailureSetting): ModelFailure {
  const why = innermost(error);
  switch (connectionOf(error)) {
    case 'none':
      return modelFailure('unavailable', `no connection to the server (${why})`, setting, { charge: 'none' });
    case 'silent':
      return modelFailure('stalled', `the server did not answer (${why})`, setting, { charge: 'ceiling' });
    case 'lost':
      return modelFailure('broken-reply', `the connection was lost (${why})`, setting, { charge: 'ceiling' });
  }
}

function ofProvider(
  error: InstanceType<typeof OpenAI.APIError>,
  setting: FailureSetting,
  options: WireOptions,
): ModelFailure | Blocked {
  const facts = factsOf(error);
  if (facts.status === null) return inStream(facts, setting);
  const meaning = meaningOf(facts);
  if (meaning === 'content-filter') return { blocked: facts.message };
  const charge = GIVEN_UP.has(facts.status) ? 'ceiling' : 'none';
  const retryAt = error.headers === undefined ? null : retryAfter(error.headers, options.now());
  return modelFailure(meaning, `${WORDS[meaning]} (${facts.message})`, setting, { charge, retryAt });
}

/** The answer had begun, so it may be paid for. */
function inStream(facts: ErrorFacts, setting: FailureSetting): ModelFailure {
  const meaning = meaningOf(facts);
  const kind = meaning === 'content-filter' ? 'broken-reply' : meaning;
  return modelFailure(kind, `the provider broke off its reply (${facts.message})`, setting, {
    charge: 'ceiling',
  });
}

const WORDS: Readonly<Record<ModelFailureKind, string>> = {
  'rate-limited': 'asked too often',
  unavailable: 'the provider cannot answer now',
  stalled: 'the provider fell silent',
  'broken-reply': 'the reply makes no sense',
  'quota-spent': 'the account has no money left',
  'not-allowed': 'the key is not accepted',
  'bad-request': 'the provider does not take the request',
  'context-overflow': 'the request is longer than the model takes',
  'no-model': 'there is no such model',
};

/** What answered is no server of models: a web page, for instance. */
export class NotAProvider extends Error {
  override readonly name = 'NotAProvider';
}
