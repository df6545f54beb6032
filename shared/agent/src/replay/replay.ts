/**
 * A recorded assignment once more, without model, tools or time: the loop makes its decisions anew, what came from outside
 * is answered from the record, and the first step that comes out otherwise is reported.
 *
 * Each process that worked on it is played by one call of the loop; it ends where the record says that the next one took
 * over, wherever that was.
 */
import type { Assignment, TurnRecord } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import type { Agent } from '../agent.ts';
import type { Ports, WorkTree } from '../ports.ts';
import type { Tool } from '../tool.ts';
import { work } from '../work.ts';
import type { Divergence } from './difference.ts';
import { recordedModel } from './recorded-model.ts';
import { recordedTool } from './recorded-tool.ts';
import { RecordEnds, Recording } from './recording.ts';

export type Replay =
  /** `finished`: the record ends with the end of the assignment. */
  | { readonly kind: 'same'; readonly turns: number; readonly finished: boolean }
  | { readonly kind: 'diverged'; readonly divergence: Divergence };

/** The agent as it would be put together today. Its model and its tools are not used. */
export interface ReplayOrder {
  readonly assignment: Assignment;
  readonly agent: Pick<Agent, 'system' | 'brief' | 'tools'>;
}

const SILENT = createLogger({ service: 'replay', name: 'replay', level: 'silent' });

export async function replay(order: ReplayOrder, transcript: readonly TurnRecord[]): Promise<Replay> {
  const recording = new Recording(transcript);
  const staying = new AbortController().signal;
  const again = { assignment: order.assignment, agent: replayedAgent(order.agent, recording) };
  while (recording.next !== null && recording.divergence === null) {
    const before = recording.position;
    await work(again, portsOf(recording), staying).catch(passEnd);
    if (recording.position === before) recording.stuck();
  }
  if (recording.divergence !== null) return { kind: 'diverged', divergence: recording.divergence };
  const turns = transcript.filter(({ type }) => type === 'reply').length;
  return { kind: 'same', turns, finished: transcript.at(-1)?.type === 'finished' };
}

/** The process that is played ended in the middle of a step. */
function passEnd(error: unknown): void {
  if (!(error instanceof RecordEnds)) throw error;
}

function replayedAgent({ system, brief, tools }: ReplayOrder['agent'], recording: Recording): Agent {
  return {
    model: recordedModel(recording),
    system,
    brief,
    tools: tools.map((tool: Tool) => recordedTool(tool, recording)),
    handOver: () => {
      const { next } = recording;
      const outcome = next?.type === 'finished' ? next.final.outcome : null;
      return Promise.resolve(
        outcome?.status === 'done' ? { content: 'as recorded', result: outcome.result } : null,
      );
    },
  };
}

function portsOf(recording: Recording): Ports {
  const told = () => Promise.resolve();
  return {
    transcript: recording,
    tree: recording.hasFiles ? recordedTree(recording) : null,
    inbox: { parked: told, finished: told },
    control: () => Promise.resolve({ state: recording.wasCancelled ? 'cancelled' : 'open', reason: '' }),
    now: () => recording.now(),
    worker: 'replay',
    logger: SILENT,
  };
}

function recordedTree(recording: Recording): WorkTree {
  return {
    restore: () => Promise.resolve(),
    save: (message) => {
      const { next } = recording;
      if (next?.type === 'result' && next.version !== null) {
        return Promise.resolve({ kind: 'saved', version: next.version });
      }
      const content = next?.type === 'result' ? next.content : message;
      return Promise.resolve({ kind: 'refused', reason: content.replace(/^\S+ was undone: /, '') });
    },
  };
}
