/** The candidates so far, as designers and readers of the model card are shown them. */
import type { BoardEntry, Plan } from '@modelwright/contracts';
import type { Candidate } from './candidate.ts';
import { diagnosisLine } from './diagnosis-line.ts';
import { oneLine } from './one-line.ts';
import { byScore } from './ranking.ts';
import type { OpenRun } from './run-state.ts';
import { findingsIn } from './told-findings.ts';

/** A designer sees no more of them: the best, then the newest. */
const MOST_FOR_DESIGNERS = 40;
const MOST_SCORED = 25;
/** Characters of each field of a plan, and of a diagnosis, that is not the designer's matter. */
const SHORT = 240;

export function board(run: OpenRun): BoardEntry[] {
  return Object.values(run.candidates).flatMap((candidate) => {
    const entry = entryOf(candidate);
    return entry === null ? [] : [entry];
  });
}

/** Whole what the designer works on, the others in short. */
export function designersBoard(run: OpenRun, named: readonly (string | null)[] = []): BoardEntry[] {
  const all = board(run);
  const toward = run.phase.name === 'preparing' ? 'maximize' : run.phase.data.task.direction;
  const scored = all.filter(({ score }) => score !== null).sort((a, b) => byScore(a.score, b.score, toward));
  const newest = all.filter(({ score }) => score === null).reverse();
  const ranked = new Set([
    ...all.filter(({ candidate }) => named.includes(candidate)),
    ...scored.slice(0, MOST_SCORED),
    ...newest,
    ...scored,
  ]);
  const chosen = new Set([...ranked].slice(0, MOST_FOR_DESIGNERS));
  return all
    .filter((entry) => chosen.has(entry))
    .map((entry) => (named.includes(entry.candidate) ? entry : shortened(entry)))
    .map((entry) => ({ ...entry, ...beliefIn(run.candidates[entry.candidate]) }));
}

/** Whether its score is believed, and what speaks against it. */
function beliefIn(candidate: Candidate | undefined): Pick<BoardEntry, 'trust' | 'findings'> {
  if (candidate?.stage !== 'scored') return {};
  const findings = findingsIn(candidate);
  return {
    ...(candidate.trust === undefined ? {} : { trust: candidate.trust.label }),
    ...(findings.length === 0 ? {} : { findings }),
  };
}

function shortened(entry: BoardEntry): BoardEntry {
  const { plan, diagnosis } = entry;
  return {
    ...entry,
    plan: shortPlan(plan),
    diagnosis: diagnosis === null ? null : diagnosisLine(diagnosis, SHORT),
  };
}

/** Its name and its configuration stay: by them plans are told apart. */
function shortPlan(plan: Plan): Plan {
  const short = (text: string) => oneLine(text, SHORT);
  return {
    ...plan,
    summary: short(plan.summary),
    reason: short(plan.reason),
    architecture: short(plan.architecture),
    pipeline: short(plan.pipeline),
    loss: short(plan.loss),
    regularisation: short(plan.regularisation),
    validation: short(plan.validation),
    resources: short(plan.resources),
    inferenceCost: short(plan.inferenceCost),
    differs: short(plan.differs),
  };
}

function entryOf(candidate: Candidate): BoardEntry | null {
  if (candidate.plan === null) return null;
  const base = { candidate: candidate.id, plan: candidate.plan, state: candidate.stage };
  const nothing = { score: null, oof: null, seconds: null, diagnosis: null };
  switch (candidate.stage) {
    case 'scored':
      return {
        ...base,
        score: candidate.score,
        oof: candidate.trained.oof,
        seconds: candidate.trained.seconds,
        diagnosis: candidate.diagnosis,
      };
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
      return { ...base, ...nothing, oof: candidate.trained.oof, seconds: candidate.trained.seconds };
    case 'dropped':
      return { ...base, ...nothing, diagnosis: candidate.reason };
    case 'planned':
    case 'implementing':
    case 'implemented':
    case 'tuning':
    case 'broken':
      return { ...base, ...nothing };
  }
}
