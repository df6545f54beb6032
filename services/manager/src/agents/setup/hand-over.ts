/** What setup leaves when a limit ends its work: the last task that the check found fit. */
import { type AnsweredCall, answeredCalls, type HandedOver } from '@modelwright/agent';
import { PermanentFailure } from '@modelwright/bus';
import { asTask, type Task, type TurnRecord, taskProposal } from '@modelwright/contracts';
import { z } from 'zod';
import { prepareData } from './prepare-data.ts';
import type { SetupSeat } from './setup-seat.ts';

const DOUBT = 'Setup: its limits ended the work; this is the last task that the check found fit';

const checkCall = z.object({ task: taskProposal });
const verdict = z.object({ fit: z.literal(true) });

export async function handOverFit(
  seat: SetupSeat,
  transcript: readonly TurnRecord[],
): Promise<HandedOver | null> {
  const task = lastFit(answeredCalls(transcript));
  if (task === null) return null;
  try {
    const data = await prepareData(seat, seat.work, task, seat.folder);
    return {
      content: 'the last task that the check found fit',
      result: { role: 'setup', task, data: { ...data, warnings: [DOUBT, ...data.warnings] } },
    };
  } catch (error) {
    if (error instanceof PermanentFailure) return null;
    throw error;
  }
}

export function lastFit(calls: readonly AnsweredCall[]): Task | null {
  const checks = calls.filter(({ name, failed }) => name === 'check_task' && !failed);
  const fit = checks.findLast(({ content }) => verdict.safeParse(JSON.parse(content)).success);
  return fit === undefined ? null : asTask(checkCall.parse(JSON.parse(fit.arguments)).task);
}
