/** A shell command as a job, and what is told of it afterwards. */
import type { Call } from '@modelwright/agent';
import type { ContentStore } from '@modelwright/bus';
import type { Assignment, JobOutcome, TreeRef } from '@modelwright/contracts';
import { smallFile } from '../data/small-file.ts';
import type { AgentJob } from './agent-job.ts';
import { programCommand, withPrograms } from './programs.ts';
import { bothEnds } from './shown-output.ts';

/** In the output of the job: all that the command said, or both ends of it. */
export const COMMAND_OUTPUT = 'output.txt';

const DEFAULT_SECONDS = 60;
/** A command as short as that may take the slot that runners keep for short jobs. */
const SHORT_SECONDS = 120;
const MOST_LISTED = 40;

/** Seconds that a command gets; null when the assignment has no time left for any. */
export function secondsFor(
  asked: number | undefined,
  { grant }: Pick<Assignment, 'grant'>,
  { at }: Pick<Call, 'at'>,
): number | null {
  const left = Math.floor((grant.deadline - at) / 1000);
  return left < 1 ? null : Math.min(asked ?? DEFAULT_SECONDS, left);
}

export function runCommand(
  command: string,
  wallSeconds: number,
  programs: TreeRef,
): Pick<AgentJob, 'command' | 'inputs' | 'wallSeconds' | 'priority'> {
  return {
    command: programCommand('run_command', [command]),
    inputs: withPrograms(programs),
    wallSeconds,
    priority: wallSeconds <= SHORT_SECONDS ? 'high' : 'normal',
  };
}

export async function describeCommand(store: ContentStore, outcome: JobOutcome): Promise<string> {
  const { job, end, exitCode, reason, wallSeconds, output } = outcome;
  const ran = end === 'finished' || end === 'failed';
  const ended = ran && exitCode !== null ? `exit code ${exitCode}` : `${end}: ${reason}`;
  const said = (output === null ? null : await smallFile(store, output, COMMAND_OUTPUT)) ?? tails(outcome);
  const left = output === null ? [] : (await store.readManifest(output)).files;
  const others = left.filter(({ path }) => path !== COMMAND_OUTPUT);
  const shown = others.slice(0, MOST_LISTED).map(({ path, size }) => `${path} (${size} bytes)`);
  const more = others.length > shown.length ? [`and ${others.length - shown.length} more`] : [];
  return [
    `${ended}, after ${wallSeconds.toFixed(1)} s (job ${job})`,
    ...(others.length === 0 ? [] : [`left in $MW_OUT: ${[...shown, ...more].join(', ')}`]),
    said === '' ? '(no output)' : bothEnds(said, `read_output {"job": "${job}"} has them`),
  ].join('\n');
}

/** For a command that did not live to leave its output. */
export function tails({ stdoutTail, stderrTail }: JobOutcome): string {
  return [stdoutTail, stderrTail].filter((tail) => tail !== '').join('\n');
}
