/** A failure of a model in the words and kinds of the port. */
import { ModelFailure, type ModelFailureKind } from '../../model.ts';

const RETRYABLE: Readonly<Record<ModelFailureKind, boolean>> = {
  'rate-limited': true,
  unavailable: true,
  stalled: true,
  'broken-reply': true,
  'quota-spent': false,
  'not-allowed': false,
  'bad-request': false,
  'context-overflow': false,
  'no-model': false,
};

/** What to do about it, for people. */
const ADVICE: Readonly<Partial<Record<ModelFailureKind, string>>> = {
  'quota-spent': "Look at the account's balance and limits.",
  'not-allowed': 'Look at the key that the model is configured with.',
  'bad-request': "Look at the model's name and options in modelwright.yaml.",
};

export interface FailureSetting {
  readonly name: string;
  readonly key: string | null;
  readonly cause: unknown;
}

export interface FailureDetails {
  readonly charge: 'none' | 'ceiling';
  readonly retryAt?: number | null;
}

/** @param said What happened, as a clause. Servers repeat keys and whole requests in their messages: both are cut. */
export function modelFailure(
  kind: ModelFailureKind,
  said: string,
  { name, key, cause }: FailureSetting,
  { charge, retryAt = null }: FailureDetails,
): ModelFailure {
  const advice = ADVICE[kind];
  const message = `${name}: ${withoutKey(said, key)}.${advice === undefined ? '' : ` ${advice}`}`;
  const failure = { kind, message, retryable: RETRYABLE[kind], origin: 'llm', causes: causesOf(cause, key) };
  return new ModelFailure(failure, { charge, model: name, cause, ...(retryAt === null ? {} : { retryAt }) });
}

const MOST_WORDS = 500;
const MOST_CAUSES = 4;

function withoutKey(text: string, key: string | null): string {
  const clean = key === null || key === '' ? text : text.replaceAll(key, '(key)');
  const flat = clean.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return flat.length > MOST_WORDS ? `${flat.slice(0, MOST_WORDS)}…` : flat;
}

function causesOf(cause: unknown, key: string | null): string[] {
  const causes: string[] = [];
  for (let at = cause; at instanceof Error && causes.length < MOST_CAUSES; at = at.cause) {
    causes.push(withoutKey(`${at.name}: ${at.message}`, key));
  }
  return causes;
}
