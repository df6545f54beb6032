/** What a role brings: its work, its prompt, where its files begin, its brief and its tools. The rest is the host's. */
import type { Agent } from '@modelwright/agent';
import type { ContentStore } from '@modelwright/bus';
import type { Assignment, Role } from '@modelwright/contracts';
import type { Brief } from '@modelwright/llm';
import type { Logger } from '@modelwright/telemetry';
import type { z } from 'zod';
import type { Beginning, CandidateTree } from './candidate/candidate-tree.ts';
import type { DataCard } from './data/data-card.ts';
import type { JobDesk } from './jobs/job-desk.ts';

/** What any agent finds on its desk for one assignment. */
export interface BareSeat<Work> {
  readonly assignment: Assignment;
  readonly work: Work;
  readonly jobs: JobDesk;
  readonly store: ContentStore;
  /** Processor cores that one job gets. */
  readonly cpus: number;
  readonly logger: Logger;
}

/** Of a role that works upon prepared data. */
export interface Seat<Work> extends BareSeat<Work> {
  readonly card: DataCard;
}

/** Of a role that comes before there is prepared data. */
export interface FolderSeat<Work> extends BareSeat<Work> {
  /** Its own, empty, on this host; gone when the agent stops. */
  readonly folder: string;
}

/** Of a role that works on a candidate's files. */
export interface CandidateSeat<Work> extends Seat<Work> {
  readonly tree: CandidateTree;
}

export interface Composition {
  readonly brief: Brief;
  readonly tools: Agent['tools'];
  readonly handOver?: NonNullable<Agent['handOver']>;
}

interface Named<Work> {
  readonly role: Role;
  readonly work: z.ZodType<Work>;
  /** The system prompt; must use {{kind}}, {{metric}} and {{direction}}, or none where there is no task yet. */
  readonly prompt: string;
}

/** Without files: it reads and decides. */
export interface ReadingRole<Work> extends Named<Work> {
  readonly files: 'none';
  compose(seat: Seat<Work>): Promise<Composition>;
}

export interface CandidateRole<Work> extends Named<Work> {
  readonly files: 'candidate';
  begins(work: Work): Beginning;
  compose(seat: CandidateSeat<Work>): Promise<Composition>;
}

/** It brings the files it reads into a folder of its own. */
export interface FolderRole<Work> extends Named<Work> {
  readonly files: 'folder';
  compose(seat: FolderSeat<Work>): Promise<Composition>;
}

export type AgentRole<Work> = ReadingRole<Work> | FolderRole<Work> | CandidateRole<Work>;
