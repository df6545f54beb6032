/**
 * Ids name the work they stand for, so that deciding twice yields the same id twice.
 *
 * `_` joins the parts: it is legal in a NATS subject token, a KV key, a file name and a container name,
 * and a slug never contains it.
 */
import { z } from 'zod';

/** Number of inbox partitions. Part of every run id, so it can never change for a run that exists. */
export const PARTITIONS = 16;

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'an id consists of letters, digits, _ and -');

/** `<slug>-<six characters>-<two-digit partition>` */
export const runId = z.string().regex(/^[a-z0-9][a-z0-9-]*-[a-z0-9]{6}-\d{2}$/, 'not a run id');
export type RunId = z.infer<typeof runId>;

/** Lower-case words of a task's name joined by dashes, at most 32 characters; `run` when nothing is left. */
export function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  return words === '' ? 'run' : words;
}

/** A new run's id. `draw` is a random integer in [0, 2^31), an argument so that this stays pure. */
export function newRunId(name: string, draw: number): RunId {
  const tail = draw.toString(36).padStart(6, '0').slice(-6);
  return `${slug(name)}-${tail}-${String(draw % PARTITIONS).padStart(2, '0')}`;
}

/** The inbox partition of a run, 0 … PARTITIONS - 1. */
export function partitionOf(run: RunId): number {
  return Number(run.slice(-2));
}

/** Work the manager hands to an agent: `action` upon `subject` (a candidate's id, or `run`), for the nth time. */
export function assignmentId(run: RunId, subject: string, action: string, n: number): string {
  return `${run}_${subject}_${action}_${n}`;
}

/** A job the manager asks for itself. */
export function managerJobId(run: RunId, subject: string, purpose: string, n: number): string {
  return `${run}_${subject}_${purpose}_${n}`;
}

/** A job an agent asks for: the tool call of a turn of its assignment. */
export function agentJobId(assignment: string, turn: number, call: number): string {
  return `${assignment}_${turn}_${call}`;
}
