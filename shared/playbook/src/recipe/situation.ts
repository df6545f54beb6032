/** What a brief says of the data, as far as recipes ask for it. */
import type { DatasetTask, FeatureKind, MetricName, TaskKind } from '@modelwright/contracts';
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
  /** With those that files and further tables are described by. */
  readonly columns: number;
  /** Of which one is to be told; 2 for labels that are there or not, 0 where there are none. */
  readonly classes: number;
  /** Labels or numbers to be predicted together, each by a model of its own; else 1. */
  readonly outputs: number;
  /** What kinds of files are among the features. */
  readonly media: readonly FeatureKind[];
  /** Further tables belong to the units. */
  readonly tables: boolean;
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
    columns: columnsOf(task),
    classes: task.kind === 'multilabel' ? 2 : (task.classes?.length ?? 0),
    outputs: outputsOf(task),
    media: [...new Set(task.features.map(({ kind }) => kind))].filter((kind) => FILES.has(kind)),
    tables: (task.tables ?? []).length > 0,
    missing: [...columns, ...(pixels ? [pixels] : [])].some((one) => one.missing > 0),
    categorical: task.features.some(({ kind }) => kind === 'categorical'),
    positiveTarget: task.kind === 'regression' && (target.min ?? -1) >= 0,
    folds: task.folds,
    split: split.by,
    cpus: hardware.cpus,
  };
}

const FILES: ReadonlySet<FeatureKind> = new Set(['image', 'audio', 'file']);

/** By how many columns the template describes a file, or a column of a further table. */
const DESCRIBED: Readonly<Partial<Record<FeatureKind, number>>> = { image: 400, audio: 200 };
const OF_A_TABLE = 8;

function columnsOf({ features, tables = [] }: DatasetTask): number {
  const own = features.reduce((sum, { kind }) => sum + (DESCRIBED[kind] ?? 1), 0);
  return own + tables.reduce((sum, { columns }) => sum + 1 + OF_A_TABLE * columns.length, 0);
}

function outputsOf({ kind, classes, targets }: DatasetTask): number {
  if (kind === 'multilabel') return classes?.length ?? 1;
  return kind === 'multioutput' ? (targets?.length ?? 1) : 1;
}
