/** Takes one delivery of an assignment as far as it goes now. */
import { type Ports, type WorkEnd, work } from '@modelwright/agent';
import { type Bus, type Delivery, DONE, type Verdict } from '@modelwright/bus';
import {
  type Assignment,
  assignmentControl,
  assignmentControlKey,
  runControl,
  runControlKey,
} from '@modelwright/contracts';
import { bind, type Logger, type Scrub } from '@modelwright/telemetry';
import type { AgentRole, BareSeat, Composition } from './agent-role.ts';
import { CandidateTree } from './candidate/candidate-tree.ts';
import type { WorkPlaces } from './candidate/work-place.ts';
import { cardReader, type ReadCard } from './data/data-card.ts';
import { jobDesk } from './jobs/job-desk.ts';
import type { Players } from './models/player.ts';
import { dataOf, told, workFor } from './told.ts';
import { busTranscript } from './transcript/bus-transcript.ts';
import { runInbox } from './transcript/run-inbox.ts';
import { scrubbedModel, scrubbedTool } from './transcript/scrubbed.ts';

export interface AgentHost {
  readonly bus: Bus;
  readonly logger: Logger;
  /** This process is leaving: stop after the step in hand. */
  readonly leaving: AbortSignal;
  /** Written into transcripts. */
  readonly worker: string;
  readonly places: WorkPlaces;
  readonly players: Players;
  /** Takes secrets out of what is said and read. */
  readonly scrub: Scrub;
  /** Processor cores that one job gets. */
  readonly cpus: number;
  /** Milliseconds since the epoch. */
  now(): number;
}

export type AgentHandler = (delivery: Delivery<Assignment>) => Promise<Verdict>;

export function agentHandler<Work>(role: AgentRole<Work>, host: AgentHost): AgentHandler {
  const readCard = cardReader(host.bus.store);
  return async ({ body: assignment, deliveries }) => {
    const { id, run, candidate } = assignment;
    const logger = bind(host.logger, { run, candidate, assignment: id });
    const task = workFor(role, assignment);
    const jobs = jobDesk(host.bus, run, id);
    const seat = { assignment, work: task, jobs, store: host.bus.store, cpus: host.cpus, logger };
    const end = await atWork(role, seat, { ...host, readCard });
    if (end.kind !== 'later') return verdictOn(end);
    const at = end.at ?? host.now() + pauseMs(deliveries);
    const delayMs = Math.max(0, Math.min(at, assignment.grant.deadline) - host.now());
    return { kind: 'later', delayMs, reason: end.reason };
  };
}

/** 1 s, 2 s, 4 s … 1 min. */
function pauseMs(deliveries: number): number {
  return Math.min(60_000, 1000 * 2 ** Math.min(deliveries - 1, 10));
}

async function atWork<Work>(
  role: AgentRole<Work>,
  bare: BareSeat<Work>,
  host: AgentHost & { readonly readCard: ReadCard },
): Promise<WorkEnd> {
  const { id, work: given } = bare.assignment;
  if (role.files === 'folder') {
    await using place = await host.places.take(id);
    return await go(role, await role.compose({ ...bare, folder: place.folder }), {
      seat: bare,
      host,
      tree: null,
    });
  }
  const seat = { ...bare, card: await host.readCard(dataOf(given).card) };
  if (role.files === 'none') return go(role, await role.compose(seat), { seat, host, tree: null });
  await using place = await host.places.take(id);
  const tree = new CandidateTree(host.bus.store, place.folder, role.begins(seat.work));
  return await go(role, await role.compose({ ...seat, tree }), { seat, host, tree });
}

interface Place<Work> {
  readonly seat: BareSeat<Work>;
  readonly host: AgentHost;
  readonly tree: CandidateTree | null;
}

async function go<Work>(
  role: AgentRole<Work>,
  composition: Composition,
  { seat, host, tree }: Place<Work>,
): Promise<WorkEnd> {
  const { assignment, logger } = seat;
  const { prompt, brief } = told(role, composition.brief);
  const model = scrubbedModel(host.players(assignment.player, role.role), host.scrub);
  logger.info({ prompt: prompt.sha256, model: model.name }, 'assignment taken up');
  const tools = composition.tools.map((tool) => scrubbedTool(tool, host.scrub));
  const agent = { ...composition, model, system: prompt.text, brief, tools };
  return await work({ assignment, agent }, portsOf(assignment, host, { tree, logger }), host.leaving);
}

function portsOf(assignment: Assignment, host: AgentHost, own: Pick<Ports, 'tree' | 'logger'>): Ports {
  const { streams } = host.bus;
  return {
    ...own,
    transcript: busTranscript(streams, assignment, host.scrub),
    inbox: runInbox(streams, assignment),
    control: () => wantedOf(host.bus, assignment),
    now: host.now,
    worker: host.worker,
  };
}

/** A run without a record has only just begun; an assignment has one only when it is cancelled. */
async function wantedOf(bus: Bus, { id, run }: Assignment): ReturnType<Ports['control']> {
  const [ofRun, own] = await Promise.all([
    bus.records('control', runControl).get(runControlKey(run)),
    bus.records('control', assignmentControl).get(assignmentControlKey(id)),
  ]);
  if (ofRun !== null && ofRun.value.state !== 'open') return { ...ofRun.value, of: 'run' };
  if (own !== null) return { state: 'cancelled', of: 'assignment', reason: own.value.reason };
  return { state: 'open', of: 'run', reason: '' };
}

function verdictOn(end: Exclude<WorkEnd, { kind: 'later' }>): Verdict {
  switch (end.kind) {
    case 'finished':
      return verdictOnFinished(end.final);
    case 'parked':
      return DONE;
    case 'lost':
      // Whoever won holds a delivery of its own; this one is settled only if it is still ours.
      return DONE;
    case 'left':
      return { kind: 'later', delayMs: 0, reason: 'this process is leaving' };
  }
}

/** Poison is kept among the dead letters as well, for people to look at. */
function verdictOnFinished({ outcome }: Extract<WorkEnd, { kind: 'finished' }>['final']): Verdict {
  if (outcome.status === 'done' || outcome.failure.kind !== 'poison') return DONE;
  return { kind: 'give-up', reason: outcome.failure.message };
}
