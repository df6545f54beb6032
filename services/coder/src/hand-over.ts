/** What a coder leaves: a version that passed its check, with the plan it follows. */
import { answeredCalls, type HandedOver } from '@modelwright/agent';
import { parseConfig } from '@modelwright/agent-host';
import type { Plan, TurnRecord, WorkResult } from '@modelwright/contracts';
import type { CoderSeat } from './coder.ts';
import { lastPassed, type PassedCheck } from './core/check-report.ts';
import { measured } from './core/estimate.ts';
import { floorPlan } from './core/floor-plan.ts';

/** When a limit ends the work: the last version that passed, if there is one. */
export async function handOverChecked(
  seat: CoderSeat,
  transcript: readonly TurnRecord[],
): Promise<HandedOver | null> {
  const passed = lastPassed(answeredCalls(transcript));
  if (passed === null) return null;
  const plan = seat.work.plan ?? (await planFromFiles(seat, 'The floor.'));
  return {
    content: 'the last version that passed its check',
    result: resultOf(measured(plan, passed, undefined), passed),
  };
}

/** @param accelerators That its trainings are to have; none when absent. */
export function resultOf(plan: Plan, { version, seconds }: PassedCheck, accelerators?: number): WorkResult {
  const wanting = accelerators === undefined ? version : { ...version, accelerators };
  return { role: 'coder', plan, version: wanting, smokeSeconds: seconds };
}

export async function planFromFiles({ tree }: CoderSeat, summary: string): Promise<Plan> {
  const reading = await (await tree.files()).readText('config.json');
  const config = reading.kind === 'text' ? parseConfig(reading.text) : null;
  return floorPlan(summary, config ?? {});
}
