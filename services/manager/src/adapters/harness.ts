/** What the manager asks of the harness, in the manager's words. All paths are absolute paths on this host. */
import type { DatasetTask, PreparedData, Score, Task } from '@modelwright/contracts';

export interface Decision {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: [number, number];
  readonly rounded: number;
  readonly rows: number;
}

export interface BlendEstimate {
  readonly weights: Readonly<Record<string, number>>;
  readonly estimate: Estimate;
  readonly bestSingle: Estimate & { readonly name: string };
}

interface Judge {
  readonly metric: string;
  readonly task: DatasetTask;
  readonly truth: string;
}

interface Training {
  readonly metric: string;
  readonly task: DatasetTask;
  readonly train: string;
  readonly oof: string;
}

export interface Harness {
  prepare(request: {
    task: Task;
    folder: string;
    out: string;
    seed: number;
  }): Promise<Pick<PreparedData, 'rows' | 'split' | 'warnings'> & { files: readonly { path: string }[] }>;
  grade(request: Judge & { predictions: string; decision: Decision }): Promise<Estimate>;
  compare(
    request: Judge & { a: string; b: string; decisionA: Decision; decisionB: Decision },
  ): Promise<{ difference: number; standardError: number; better: boolean }>;
  decide(request: Training): Promise<{ decision: Decision }>;
  oof(request: Training): Promise<{ score: Score | null; diagnosis: string }>;
  blend(
    request: Omit<Training, 'oof'> & { members: readonly { name: string; oof: string }[] },
  ): Promise<BlendEstimate>;
  submission(request: {
    raw: string;
    decision: Decision;
    task: DatasetTask;
    form: string;
    out: string;
  }): Promise<unknown>;
  reproduce(request: {
    record: string;
    reproduced: string;
    tolerance: number;
    task: DatasetTask;
  }): Promise<{ rows: number; maxDifference: number; agree: boolean }>;
}
