/** What a person is shown of one candidate. */
import type { Plan, RunEvent, Score, Trained, Trial, Version } from '@modelwright/contracts';

export interface CandidateView {
  readonly id: string;
  readonly parent: string | null;
  readonly plan: Plan | null;
  readonly state: 'planned' | 'implemented' | 'trained' | 'predicted' | 'scored' | 'broken' | 'dropped';
  /** The newest version that was implemented or trained. */
  readonly version: Version | null;
  readonly trained: Trained | null;
  readonly trials: readonly Trial[];
  readonly score: Score | null;
  /** Why it was dropped, or what is to be mended; null otherwise. */
  readonly reason: string | null;
}

export type CandidateEvent = Extract<RunEvent, { type: `candidate-${string}` }>;

export function isCandidateEvent(event: RunEvent): event is CandidateEvent {
  return event.type.startsWith('candidate-');
}

export function foldCandidateView(views: readonly CandidateView[], event: CandidateEvent): CandidateView[] {
  const index = views.findIndex((view) => view.id === event.candidate);
  const next = changed(views[index] ?? unknown(event.candidate), event);
  return index === -1 ? [...views, next] : views.with(index, next);
}

function unknown(id: string): CandidateView {
  return {
    id,
    parent: null,
    plan: null,
    state: 'planned',
    version: null,
    trained: null,
    trials: [],
    score: null,
    reason: null,
  };
}

function changed(view: CandidateView, event: CandidateEvent): CandidateView {
  switch (event.type) {
    case 'candidate-planned':
      return { ...view, state: 'planned', plan: event.plan, parent: event.parent };
    case 'candidate-implemented':
      return { ...view, state: 'implemented', plan: event.plan, version: event.version, reason: null };
    case 'candidate-trained':
      return {
        ...view,
        state: 'trained',
        plan: event.plan,
        version: event.trained.version,
        trained: event.trained,
        trials: event.trials,
      };
    case 'candidate-predicted':
      return { ...view, state: 'predicted' };
    case 'candidate-scored':
      return { ...view, state: 'scored', score: event.score };
    case 'candidate-reseeded':
    case 'candidate-audited':
      return view;
    case 'candidate-broken':
      return { ...view, state: 'broken', reason: event.feedback };
    case 'candidate-dropped':
      return { ...view, state: 'dropped', reason: event.reason };
  }
}
