/**
 * The harness in the manager's words: contained where the host allows it, with bad input as a permanent failure.
 *
 * All paths are absolute paths on this host.
 */
import { PermanentFailure } from '@modelwright/bus';
import type { Score } from '@modelwright/contracts';
import {
  type BlendAnswer,
  type BlendRequest,
  blend,
  type CompareRequest,
  type Comparison,
  compare,
  type DecideRequest,
  type Decision,
  decide,
  type Estimate,
  type GradeRequest,
  grade,
  type HarnessOutcome,
  type HarnessProblem,
  type Harness as HarnessSite,
  type OofAnswer,
  type OofRequest,
  oof,
  type PrepareAnswer,
  type PrepareRequest,
  prepare,
  type ReproduceAnswer,
  type ReproduceRequest,
  reproduce,
  type SubmissionRequest,
  sandboxedLaunch,
  submission,
} from '@modelwright/harness';

export interface Harness {
  prepare(request: PrepareRequest): Promise<PrepareAnswer>;
  grade(request: GradeRequest): Promise<Estimate>;
  compare(request: CompareRequest): Promise<Comparison>;
  decide(request: DecideRequest): Promise<Decision>;
  oof(request: OofRequest): Promise<OofAnswer>;
  blend(request: BlendRequest): Promise<BlendAnswer>;
  submission(request: SubmissionRequest): Promise<void>;
  reproduce(request: ReproduceRequest): Promise<ReproduceAnswer>;
}

/** @param python An interpreter that has numpy and pandas: an absolute path. */
export function createHarness(python: string): Harness {
  const site: HarnessSite = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
  return {
    prepare: async (request) => answerOf(await prepare(site, request)),
    grade: async (request) => answerOf(await grade(site, request)),
    compare: async (request) => answerOf(await compare(site, request)),
    decide: async (request) => answerOf(await decide(site, request)).decision,
    oof: async (request) => answerOf(await oof(site, request)),
    blend: async (request) => answerOf(await blend(site, request)),
    submission: async (request) => {
      answerOf(await submission(site, request));
    },
    reproduce: async (request) => answerOf(await reproduce(site, request)),
  };
}

/** As far as it may be shown: rounded to a quarter of its standard error. */
export function shownScore({ rounded, standardError, interval, n }: Estimate): Score {
  return { value: rounded, standardError, interval, rows: n };
}

export function exactScore({ score, standardError, interval, n }: Estimate): Score {
  return { value: score, standardError, interval, rows: n };
}

function answerOf<Answer>(outcome: HarnessOutcome<Answer>): Answer {
  if (outcome.kind === 'done') return outcome.answer;
  throw new PermanentFailure('bad-input', outcome.problems.map(sentence).join(' '));
}

function sentence({ file, line, message, remedy }: HarnessProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${place}: ${message} ${remedy}`;
}
