/**
 * A recorded run once more, with no key and no training: each decision is made again from the message that caused it, each
 * agent's loop goes through its transcript again, and what comes out otherwise is reported.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replay } from '@modelwright/agent';
import { type Bus, PermanentFailure } from '@modelwright/bus';
import type { Assignment, RunId, TurnRecord } from '@modelwright/contracts';
import { replayDecisions } from '@modelwright/manager/replay';
import type { AgentReplayed, RunReplayed } from '../../core/run-replayed.ts';
import { readRunLog, type StoredRecord } from '../run-log.ts';
import { readTranscripts } from '../transcripts.ts';
import { type Site, todaysAgent } from './todays-agents.ts';

export async function replayRun(bus: Bus, run: RunId, site: Omit<Site, 'bus'>): Promise<RunReplayed> {
  const records = await readRunLog(bus, run);
  const decisions = replayDecisions(records);
  const assigned = assignmentsIn(records);
  const agents: AgentReplayed[] = [];
  for (const [id, transcript] of await readTranscripts(bus, run)) {
    const assignment = assigned.get(id);
    agents.push(
      assignment === undefined
        ? { assignment: id, role: '', kind: 'skipped', reason: 'the log holds no such assignment' }
        : await replayAgent(assignment, transcript, { ...site, bus }),
    );
  }
  return { run, decisions, agents };
}

/** What was assigned, word for word. */
function assignmentsIn(records: readonly StoredRecord[]): Map<string, Assignment> {
  const effects = records.flatMap(({ body }) => body.effects);
  return new Map(
    effects.flatMap((effect) =>
      effect.type === 'assign' ? [[effect.assignment.id, effect.assignment]] : [],
    ),
  );
}

async function replayAgent(
  assignment: Assignment,
  transcript: readonly TurnRecord[],
  site: Site,
): Promise<AgentReplayed> {
  const about = { assignment: assignment.id, role: assignment.work.role };
  const folder = await mkdtemp(join(tmpdir(), 'modelwright-replay-'));
  try {
    const agent = await todaysAgent(assignment, site, folder);
    if (agent === null) return { ...about, kind: 'skipped', reason: 'no agent has this role' };
    return { ...about, ...(await replay({ assignment, agent }, transcript)) };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return { ...about, kind: 'skipped', reason: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
