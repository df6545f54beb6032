/** The agents of a run: who was asked, how often, at what cost, to what end. */

import { spentBy } from '@modelwright/agent';
import type { Spent, TurnRecord } from '@modelwright/contracts';
import type { RunView } from './run-view.ts';
import { columnsText } from './text/columns.ts';
import { usdText } from './text/quantity.ts';
import { oneLine } from './text/shorten.ts';

export interface TranscriptSummary {
  readonly assignment: string;
  readonly role: string;
  readonly action: string;
  readonly candidate: string;
  /** Those that answered, in the order they did so first. */
  readonly models: readonly string[];
  readonly turns: number;
  readonly calls: number;
  readonly spent: Spent;
  readonly state: 'at work' | 'waits' | 'done' | 'failed';
  readonly failure: string | null;
}

export function summaryOf(
  assignment: string,
  records: readonly TurnRecord[],
  view: RunView,
): TranscriptSummary {
  const known = view.money.assignments.find((one) => one.assignment === assignment);
  const replies = records.flatMap((record) => (record.type === 'reply' ? [record] : []));
  return {
    assignment,
    role: known?.role ?? '',
    action: known?.action ?? '',
    candidate: known?.candidate ?? '',
    models: [...new Set(replies.map((reply) => reply.model).filter((model) => model !== ''))],
    turns: replies.length,
    calls: replies.reduce((sum, reply) => sum + reply.calls.length, 0),
    spent: spentBy(records),
    ...endOf(records),
  };
}

function endOf(records: readonly TurnRecord[]): Pick<TranscriptSummary, 'state' | 'failure'> {
  const last = records.at(-1);
  if (last?.type === 'parked') return { state: 'waits', failure: null };
  if (last?.type !== 'finished') return { state: 'at work', failure: null };
  const { outcome } = last.final;
  if (outcome.status === 'done') return { state: 'done', failure: null };
  return { state: 'failed', failure: outcome.failure.message };
}

export function transcriptListLines(run: string, summaries: readonly TranscriptSummary[]): string[] {
  return columnsText(
    [
      { title: 'assignment' },
      { title: 'role' },
      { title: 'answered by' },
      { title: 'turns', align: 'right' },
      { title: 'tool calls', align: 'right' },
      { title: 'cost', align: 'right' },
      { title: 'state' },
    ],
    summaries.map((one) => [
      one.assignment.startsWith(`${run}_`) ? one.assignment.slice(run.length + 1) : one.assignment,
      one.role,
      one.models.join(', '),
      String(one.turns),
      String(one.calls),
      usdText(one.spent.microUsd),
      one.failure === null ? one.state : oneLine(`${one.state}: ${one.failure}`, 80),
    ]),
  );
}
