/**
 * A candidate's way from plan to score.
 *
 *     planned → implementing → implemented → tuning → trained → predicting → predicted → grading → scored
 *                  ↑ broken ←──────┴─────────┴──────────────────────┴──────────────────────┘        any → dropped
 */
import type {
  BlobRef,
  Comparison,
  Finding,
  Plan,
  Score,
  Trained,
  TreeRef,
  Trial,
  Trust,
  Version,
} from '@modelwright/contracts';

/** The floor: the playbook's fastest recipe, so that there is always something to deliver. */
export const FLOOR = 'c0';
export const BLEND = 'blend';

interface Named {
  readonly id: string;
  readonly parent: string | null;
  /** The second parent of a combination. */
  readonly partner: string | null;
  /** From the manager model, for whoever works on it next. */
  readonly guidance: string | null;
  /** How often it was sent back to a coder. */
  readonly repairs: number;
}

export interface TrainedWork {
  readonly plan: Plan;
  readonly trained: Trained;
  readonly trials: readonly Trial[];
  /** Of a blend: the candidates it is put together from. */
  readonly members?: readonly string[];
}

export interface Predictions {
  /** Of the rows to be scored; of the first round where there are rounds. */
  readonly predictions: TreeRef;
  readonly test: TreeRef | null;
  /** Of every round, in order. */
  readonly rounds?: readonly TreeRef[];
  /** Of the probe; absent where there is none, and where it could not be predicted. */
  readonly probe?: TreeRef;
}

export interface Judgement {
  readonly score: Score;
  readonly diagnosis: string | null;
  /** With the best of its time. */
  readonly comparison?: Comparison | null;
  readonly findings?: readonly Finding[];
  readonly trust?: Trust;
  /** Why it may not be delivered; absent where it may. */
  readonly excluded?: string;
  readonly submission?: BlobRef | null;
  /** Trained and scored again with other seeds. */
  readonly reseeded?: readonly Reseeded[];
}

export interface Reseeded {
  readonly seed: number;
  readonly score: Score;
  readonly comparison: Comparison | null;
}

export type Candidate = Named &
  (
    | { readonly stage: 'planned'; readonly plan: Plan | null }
    | { readonly stage: 'implementing'; readonly plan: Plan | null }
    | { readonly stage: 'implemented'; readonly plan: Plan; readonly version: Version }
    | { readonly stage: 'tuning'; readonly plan: Plan; readonly version: Version }
    | { readonly stage: 'broken'; readonly plan: Plan; readonly version: Version; readonly feedback: string }
    | ({ readonly stage: 'trained' } & TrainedWork)
    | ({ readonly stage: 'predicting' } & TrainedWork)
    | ({ readonly stage: 'predicted' } & TrainedWork & Predictions)
    | ({ readonly stage: 'grading' } & TrainedWork & Predictions)
    | ({ readonly stage: 'scored' } & TrainedWork & Predictions & Judgement)
    | {
        readonly stage: 'dropped';
        readonly plan: Plan | null;
        /** As far as it got. */
        readonly version: Version | null;
        readonly reason: string;
      }
  );

export type Stage = Candidate['stage'];
export type CandidateIn<S extends Stage> = Extract<Candidate, { stage: S }>;

export function isSettled(candidate: Candidate): candidate is CandidateIn<'scored' | 'dropped'> {
  return candidate.stage === 'scored' || candidate.stage === 'dropped';
}

export function settledBesidesFloor(candidates: Readonly<Record<string, Candidate>>): number {
  return Object.values(candidates).filter((one) => isSettled(one) && one.id !== FLOOR).length;
}

/** Its code as far as there is any. */
export function versionOf(candidate: Candidate): Version | null {
  switch (candidate.stage) {
    case 'planned':
    case 'implementing':
      return null;
    case 'implemented':
    case 'tuning':
    case 'broken':
    case 'dropped':
      return candidate.version;
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
    case 'scored':
      return candidate.trained.version;
  }
}

/** Somebody works on it, or a job of it runs: it counts against the capacity. */
export function isActive(candidate: Candidate): boolean {
  return !isSettled(candidate) && candidate.stage !== 'planned';
}
