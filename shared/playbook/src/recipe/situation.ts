/** What a brief says of the data, as far as recipes ask for it. */
import type { MetricName, TaskKind } from '@modelwright/contracts';
import type { DesignerBrief } from '@modelwright/llm';
import { z } from 'zod';

export interface Situation {
  readonly kind: TaskKind;
  readonly metric: MetricName;
  /** The columns are the pixels of a picture. */
  readonly images: boolean;
  readonly height: number;
  readonly width: number;
  /** Rows to learn from. */
  readonly rows: number;
  readonly columns: number;
  /** 0 for a regression. */
  readonly classes: number;
  /** Some cell is empty. */
  readonly missing: boolean;
  readonly categorical: boolean;
  /** No value of a regression's target is below zero. */
  readonly positiveTarget: boolean;
  readonly folds: number;
  /** How the folds were drawn. */
  readonly split: string;
  readonly cpus: number;
}

const column = z.object({ missing: z.number().catch(0) });

/** The parts of the card that count here; what a card lacks is taken to be ordinary. */
const card = z.object({
  columns: z.array(column).catch([]),
  pixels: column.nullish().catch(null),
  target: z.object({ min: z.number().optional() }).catch({}),
  split: z.object({ by: z.string() }).catch({ by: 'random' }),
});

export function situationOf(brief: Pick<DesignerBrief, 'task' | 'card' | 'hardware'>): Situation {
  const { task, hardware } = brief;
  const { columns, pixels, target, split } = card.parse(brief.card);
  return {
    kind: task.kind,
    metric: task.metric,
    images: task.image !== null,
    height: task.image?.height ?? 0,
    width: task.image?.width ?? 0,
    rows: task.rows,
    columns: task.features.length,
    classes: task.classes?.length ?? 0,
    missing: [...columns, ...(pixels ? [pixels] : [])].some((one) => one.missing > 0),
    categorical: task.features.some(({ kind }) => kind === 'categorical'),
    positiveTarget: task.kind === 'regression' && (target.min ?? -1) >= 0,
    folds: task.folds,
    split: split.by,
    cpus: hardware.cpus,
  };
}
