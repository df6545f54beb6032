/** Whatever was thrown, as problems for people and an exit code for programs. */
import { PermanentFailure, TransientFailure } from '@modelwright/bus';
import { EXIT, type ExitCode } from '../core/exit-code.ts';
import { type Problem, Refusal } from '../core/problem.ts';

export interface Explanation {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
}

export function explain(thrown: unknown): Explanation {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof PermanentFailure || thrown instanceof TransientFailure) return ofBus(thrown);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return one(EXIT.badInput, messageOf(thrown), 'The disk is full: make room, then try again.');
  }
  return one(
    EXIT.failed,
    messageOf(thrown),
    'This is a fault of Modelwright; --verbose shows where it arose.',
  );
}

const REMEDIES: Readonly<Record<string, readonly [ExitCode, string]>> = {
  'bus-away': [EXIT.unavailable, 'modelwright ps shows what runs; modelwright up starts what is missing.'],
  'server-too-old': [
    EXIT.badInput,
    'Run a newer nats-server there: https://github.com/nats-io/nats-server/releases',
  ],
  'no-jetstream': [EXIT.badInput, 'Start it with --jetstream.'],
  'not-permitted': [
    EXIT.unavailable,
    'Look at NATS_USER and NATS_PASSWORD, or unset NATS_URL to use the own server.',
  ],
  'no-storage': [EXIT.unavailable, 'Make room on the disk of the nats-server.'],
  'stream-full': [EXIT.unavailable, 'Let running runs end (modelwright ls), or make room on the server.'],
  'topology-missing': [EXIT.unavailable, 'No manager has been there yet: modelwright up'],
  'too-large': [EXIT.badInput, 'Make the data smaller.'],
  'missing-content': [EXIT.failed, 'The server no longer has it: the run cannot be shown whole.'],
};

function ofBus(failure: PermanentFailure | TransientFailure): Explanation {
  const [exitCode, remedy] = REMEDIES[failure.kind] ?? [EXIT.failed, '--verbose shows where it arose.'];
  return one(exitCode, failure.message, remedy);
}

function one(exitCode: ExitCode, message: string, remedy: string): Explanation {
  return { exitCode, problems: [{ message, remedy }] };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
