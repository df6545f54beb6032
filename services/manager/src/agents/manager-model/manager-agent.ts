/** The role: what a manager model is told, what it can look at, and the one thing it leaves: a decision. */
import { note, promptIn, type ReadingRole } from '@modelwright/agent-host';
import type { Streams } from '@modelwright/bus';
import { managerWork } from '@modelwright/contracts';
import type { ManagerBrief } from '@modelwright/llm';
import type { Scratch } from '../../adapters/scratch.ts';
import type { ManagerSeat, ManagerWork } from './manager-seat.ts';
import { runHistory } from './run-history.ts';
import { decide } from './tools/decide.ts';
import { listAttempts } from './tools/list-attempts.ts';
import { readCode } from './tools/read-code.ts';
import { readCurves } from './tools/read-curves.ts';
import { readDiagnosis } from './tools/read-diagnosis.ts';
import { readDiff } from './tools/read-diff.ts';
import { readLogs } from './tools/read-logs.ts';
import { readPlan } from './tools/read-plan.ts';

export interface ManagerPorts {
  readonly streams: Streams;
  readonly scratch: Scratch;
}

export function managerAgent({ streams, scratch }: ManagerPorts): ReadingRole<ManagerWork> {
  return {
    role: 'manager',
    work: managerWork,
    prompt: promptIn(new URL('../../prompts/manager.md', import.meta.url)),
    files: 'none',
    compose: (given) => {
      const seat = { ...given, scratch, history: runHistory(streams, given.assignment.run) };
      return Promise.resolve({
        brief: briefOf(seat),
        tools: [
          readPlan(seat),
          readCode(seat),
          readDiff(seat),
          listAttempts(seat),
          readCurves(seat),
          readDiagnosis(seat),
          readLogs(seat),
          note(),
          decide(seat),
        ],
      });
    },
  };
}

function briefOf({ assignment, work, card, cpus }: ManagerSeat): ManagerBrief {
  return {
    task: work.data.task,
    card,
    hardware: { cpus },
    role: 'manager',
    action: 'decide',
    seed: assignment.seed,
    candidate: assignment.candidate,
    board: work.board,
    room: work.room,
    insights: work.insights,
  };
}
