/** How events move a candidate from stage to stage. An event that does not fit the stage changes nothing. */
import type { JobPurpose } from '@modelwright/contracts';
import { type Candidate, type Judgement, type Reseeded, versionOf } from './candidate.ts';
import type { RunEvent } from './log.ts';
import type { OpenRun } from './run-state.ts';

type CandidateEvent = Extract<
  RunEvent,
  {
    type:
      | 'assignment-opened'
      | 'job-opened'
      | 'candidate-planned'
      | 'candidate-implemented'
      | 'candidate-trained'
      | 'candidate-predicted'
      | 'candidate-scored'
      | 'candidate-reseeded'
      | 'candidate-audited'
      | 'candidate-broken'
      | 'candidate-dropped';
  }
>;

type Of<Type extends CandidateEvent['type']> = Extract<CandidateEvent, { type: Type }>;

/** Jobs of a trained candidate by which it comes to be scored. */
const LEADS_TO_PREDICTIONS: ReadonlySet<JobPurpose> = new Set(['infer', 'round', 'derive']);

/** The hidden labels have judged a version. */
const ASKS: ReadonlySet<CandidateEvent['type']> = new Set(['candidate-scored', 'candidate-reseeded']);

export function foldCandidate(run: OpenRun, event: CandidateEvent): OpenRun {
  const now = run.candidates[event.candidate];
  const next = moved(now, event);
  if (next === undefined || next === now) return run;
  return {
    ...run,
    candidates: { ...run.candidates, [event.candidate]: next },
    changes: run.changes + 1,
    queries: run.queries + Number(ASKS.has(event.type)),
  };
}

function moved(now: Candidate | undefined, event: CandidateEvent): Candidate | undefined {
  if (event.type === 'candidate-planned') {
    const { candidate: id, parent, partner, guidance, plan } = event;
    return { stage: 'planned', id, parent, partner, guidance, repairs: 0, plan };
  }
  if (now === undefined) return undefined;
  const named = namedOf(now);
  switch (event.type) {
    case 'assignment-opened':
      return begun(now, event.role);
    case 'job-opened':
      return now.stage === 'trained' && LEADS_TO_PREDICTIONS.has(event.purpose)
        ? { ...now, stage: 'predicting' }
        : now;
    case 'candidate-implemented':
      return { ...named, stage: 'implemented', plan: event.plan, version: event.version };
    case 'candidate-trained':
      return {
        ...named,
        stage: 'trained',
        plan: event.plan,
        trained: event.trained,
        trials: event.trials,
        ...(event.members === undefined ? {} : { members: event.members }),
      };
    case 'candidate-predicted':
      return now.stage === 'predicting'
        ? {
            ...now,
            stage: 'predicted',
            predictions: event.predictions,
            test: event.test,
            ...(event.rounds === undefined ? {} : { rounds: event.rounds }),
            ...(event.probe === undefined ? {} : { probe: event.probe }),
          }
        : now;
    case 'candidate-scored':
      return now.stage === 'grading' ? { ...now, stage: 'scored', ...judgementOf(event) } : now;
    case 'candidate-reseeded':
      return now.stage === 'scored'
        ? { ...now, reseeded: [...(now.reseeded ?? []), reseededOf(event)] }
        : now;
    case 'candidate-audited':
      return now.stage === 'scored' ? { ...now, findings: event.findings, trust: event.trust } : now;
    case 'candidate-broken':
      return broken(now, event.feedback);
    case 'candidate-dropped':
      return { ...named, stage: 'dropped', plan: now.plan, version: versionOf(now), reason: event.reason };
  }
}

function judgementOf(event: Of<'candidate-scored'>): Judgement {
  const { comparison, findings, trust, excluded, submission } = event;
  return {
    score: event.score,
    diagnosis: event.diagnosis,
    ...(comparison === undefined ? {} : { comparison }),
    ...(findings === undefined ? {} : { findings }),
    ...(trust === undefined ? {} : { trust }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(submission === undefined ? {} : { submission }),
  };
}

function reseededOf({ seed, score, comparison }: Of<'candidate-reseeded'>): Reseeded {
  return { seed, score, comparison };
}

function begun(now: Candidate, role: string): Candidate {
  if (role === 'coder' && now.stage === 'planned') return { ...now, stage: 'implementing' };
  if (role === 'coder' && now.stage === 'broken') {
    return { ...namedOf(now), stage: 'implementing', repairs: now.repairs + 1, plan: now.plan };
  }
  if (role === 'tuner' && now.stage === 'implemented') return { ...now, stage: 'tuning' };
  if (role === 'grader' && now.stage === 'predicted') return { ...now, stage: 'grading' };
  return now;
}

function broken(now: Candidate, feedback: string): Candidate {
  const named = namedOf(now);
  switch (now.stage) {
    case 'implemented':
    case 'tuning':
      return { ...named, stage: 'broken', plan: now.plan, version: now.version, feedback };
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
      return { ...named, stage: 'broken', plan: now.plan, version: now.trained.version, feedback };
    case 'planned':
    case 'implementing':
    case 'broken':
    case 'scored':
    case 'dropped':
      return now;
  }
}

function namedOf({ id, parent, partner, guidance, repairs }: Candidate) {
  return { id, parent, partner, guidance, repairs };
}
