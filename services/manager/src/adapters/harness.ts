/**
 * The harness in the manager's words: contained where the host allows it, with bad input as a permanent failure.
 *
 * All paths are absolute paths on this host.
 */
import { PermanentFailure } from '@modelwright/bus';
import type { Score } from '@modelwright/contracts';
import {
  type AgreementAnswer,
  type AgreementRequest,
  type AuditRequest,
  agreement,
  audit,
  type BlendAnswer,
  type BlendRequest,
  blend,
  type CheckAnswer,
  type CheckRequest,
  type CompareRequest,
  type Comparison,
  check,
  compare,
  type DecideRequest,
  type Decision,
  decide,
  type Estimate,
  type Examined,
  type GradeRequest,
  grade,
  HarnessCrash,
  type HarnessOutcome,
  type HarnessProblem,
  type Harness as HarnessSite,
  type InspectRequest,
  inspect,
  type PrepareAnswer,
  type PrepareRequest,
  type ProfileAnswer,
  type ProfileRequest,
  prepare,
  profile,
  type ReproduceAnswer,
  type ReproduceRequest,
  reproduce,
  type SubmissionRequest,
  type SurveyAnswer,
  type SurveyRequest,
  submission,
  survey,
  type ValidateAnswer,
  type ValidateRequest,
  validate,
} from '@modelwright/harness';

export interface Harness {
  /** Problems are the answer: whoever states the task mends them. */
  check(request: CheckRequest): Promise<HarnessOutcome<CheckAnswer>>;
  profile(request: ProfileRequest): Promise<HarnessOutcome<ProfileAnswer>>;
  survey(request: SurveyRequest): Promise<HarnessOutcome<SurveyAnswer>>;
  prepare(request: PrepareRequest): Promise<PrepareAnswer>;
  grade(request: GradeRequest): Promise<Estimate>;
  compare(request: CompareRequest): Promise<Comparison>;
  decide(request: DecideRequest): Promise<Decision>;
  blend(request: BlendRequest): Promise<BlendAnswer>;
  submission(request: SubmissionRequest): Promise<void>;
  reproduce(request: ReproduceRequest): Promise<ReproduceAnswer>;
  validate(request: ValidateRequest): Promise<ValidateAnswer>;
  agreement(request: AgreementRequest): Promise<AgreementAnswer>;
  inspect(request: InspectRequest): Promise<Examined>;
  audit(request: AuditRequest): Promise<Examined>;
}

export function createHarness(site: HarnessSite): Harness {
  return {
    check: (request) => uncrashed(check(site, request)),
    profile: (request) => uncrashed(profile(site, request)),
    survey: (request) => uncrashed(survey(site, request)),
    prepare: (request) => answerOf(prepare(site, request)),
    grade: (request) => answerOf(grade(site, request)),
    compare: (request) => answerOf(compare(site, request)),
    decide: async (request) => (await answerOf(decide(site, request))).decision,
    blend: (request) => answerOf(blend(site, request)),
    submission: async (request) => {
      await answerOf(submission(site, request));
    },
    reproduce: (request) => answerOf(reproduce(site, request)),
    validate: (request) => answerOf(validate(site, request)),
    agreement: (request) => answerOf(agreement(site, request)),
    inspect: (request) => answerOf(inspect(site, request)),
    audit: (request) => answerOf(audit(site, request)),
  };
}

/** As far as it may be shown: rounded to a quarter of its standard error. */
export function shownScore({ rounded, standardError, interval, n }: Estimate): Score {
  return { value: rounded, standardError, interval, rows: n };
}

export function exactScore({ score, standardError, interval, n }: Estimate): Score {
  return { value: score, standardError, interval, rows: n };
}

async function answerOf<Answer>(asked: Promise<HarnessOutcome<Answer>>): Promise<Answer> {
  const outcome = await uncrashed(asked);
  if (outcome.kind === 'done') return outcome.answer;
  throw new PermanentFailure('bad-input', outcome.problems.map(sentence).join(' '));
}

/** What breaks the harness is what it was given: it will break it again. */
async function uncrashed<Answer>(asked: Promise<HarnessOutcome<Answer>>): Promise<HarnessOutcome<Answer>> {
  return await asked.catch((error: unknown) => {
    if (!(error instanceof HarnessCrash)) throw error;
    throw new PermanentFailure('harness-crashed', error.message, { cause: error });
  });
}

/** A problem in words, with its place and what to do about it. */
export function sentence({ file, line, message, remedy }: HarnessProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${place}: ${message} ${remedy}`;
}
