/** What the log says of one candidate, its own claims beside what the harness found. */
import type {
  Comparison,
  Finding,
  Plan,
  RunEvent,
  Score,
  Trained,
  Trial,
  Trust,
  Version,
} from '@modelwright/contracts';

export interface CandidateReport {
  readonly id: string;
  readonly parent: string | null;
  /** The second parent of a combination. */
  readonly partner: string | null;
  readonly plan: Plan | null;
  readonly state: 'planned' | 'implemented' | 'trained' | 'predicted' | 'scored' | 'broken' | 'dropped';
  readonly version: Version | null;
  readonly trained: Trained | null;
  readonly trials: readonly Trial[];
  readonly score: Score | null;
  /** Milliseconds since the epoch; null as long as it has no score. */
  readonly scoredAt: number | null;
  readonly comparison: Comparison | null;
  /** Trained and scored again with other seeds. */
  readonly reseeds: readonly Reseed[];
  /** Why it may not be delivered; null where it may. */
  readonly excluded: string | null;
  /** Of a blend: what it is put together from. */
  readonly members: readonly string[];
  readonly findings: readonly Finding[];
  /** Null where nothing was said. */
  readonly trust: Trust | null;
  /** As the harness wrote it. */
  readonly diagnosis: string | null;
  /** Why it was dropped, or what is to be mended; null otherwise. */
  readonly reason: string | null;
}

export interface Reseed {
  readonly seed: number;
  readonly score: Score;
}

export type CandidateEvent = Extract<RunEvent, { type: `candidate-${string}` }>;

export function isCandidateEvent(event: RunEvent): event is CandidateEvent {
  return event.type.startsWith('candidate-');
}

export function foldCandidate(
  candidates: readonly CandidateReport[],
  event: CandidateEvent,
  at: number,
): CandidateReport[] {
  const index = candidates.findIndex(({ id }) => id === event.candidate);
  const next = changed(candidates[index] ?? unknown(event.candidate), event, at);
  return index === -1 ? [...candidates, next] : candidates.with(index, next);
}

function unknown(id: string): CandidateReport {
  return {
    id,
    parent: null,
    partner: null,
    plan: null,
    state: 'planned',
    version: null,
    trained: null,
    trials: [],
    score: null,
    scoredAt: null,
    comparison: null,
    reseeds: [],
    excluded: null,
    members: [],
    findings: [],
    trust: null,
    diagnosis: null,
    reason: null,
  };
}

function changed(before: CandidateReport, event: CandidateEvent, at: number): CandidateReport {
  switch (event.type) {
    case 'candidate-planned':
      return { ...before, state: 'planned', plan: event.plan, parent: event.parent, partner: event.partner };
    case 'candidate-implemented':
      return { ...before, state: 'implemented', plan: event.plan, version: event.version, reason: null };
    case 'candidate-trained': {
      const { plan, trained, trials } = event;
      const members = event.members ?? [];
      return { ...before, state: 'trained', plan, trained, trials, members, version: trained.version };
    }
    case 'candidate-predicted':
      return { ...before, state: 'predicted' };
    case 'candidate-scored':
      return {
        ...before,
        state: 'scored',
        score: event.score,
        scoredAt: at,
        comparison: event.comparison ?? null,
        findings: event.findings ?? [],
        trust: event.trust ?? null,
        diagnosis: event.diagnosis,
        excluded: event.excluded ?? null,
      };
    case 'candidate-audited':
      return { ...before, findings: event.findings, trust: event.trust };
    case 'candidate-reseeded':
      return { ...before, reseeds: [...before.reseeds, { seed: event.seed, score: event.score }] };
    case 'candidate-broken':
      return { ...before, state: 'broken', reason: event.feedback };
    case 'candidate-dropped':
      return { ...before, state: 'dropped', reason: event.reason };
  }
}
