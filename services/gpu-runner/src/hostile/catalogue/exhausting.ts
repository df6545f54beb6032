/** Programs that take more than their share of what a host has. */
import { logReported, telemetrySubject } from '@modelwright/contracts';
import { expect } from 'vitest';
import type { Aftermath, HostileProgram } from '../hostile-program.ts';

const MiB = 1024 * 1024;
/** What an outcome carries of an output at most. */
const TAIL_CHARACTERS = 8000;

export const EXHAUSTING: readonly HostileProgram[] = [
  {
    that: 'forks without end',
    file: 'fork_without_end.py',
    ends: ['timed-out'],
    reason: /limit of 64 processes/,
    limits: { wallSeconds: 2, graceSeconds: 0.2 },
  },
  { that: 'takes all memory', file: 'take_memory.py', ends: ['out-of-memory'], holds: ofTheHost },
  {
    that: 'takes all memory in processes that each stay small',
    file: 'take_memory_in_many.py',
    ends: ['out-of-memory'],
    holds: ofTheHost,
  },
  {
    that: 'takes all memory as files',
    file: 'take_memory_as_files.py',
    ends: ['finished', 'out-of-memory', 'disk-full'],
  },
  { that: 'fills the disk', file: 'fill_disk.py', ends: ['disk-full'], reason: /disk|bytes/ },
  {
    that: 'fills the disk with a file that has no name',
    file: 'fill_disk_with_one_file.py',
    ends: ['disk-full', 'failed'],
  },
  {
    that: 'leaves a file that is all hole',
    file: 'leave_sparse_file.py',
    ends: ['finished', 'disk-full', 'failed'],
    holds: ({ outcome }) => expect(outcome.output?.size ?? 0).toBeLessThan(64 * MiB),
  },
  {
    that: 'leaves more files than anybody would store',
    file: 'leave_many_files.py',
    ends: ['finished'],
    reason: /could not be stored/,
    holds: ({ outcome }) => expect(outcome.output).toBeNull(),
  },
  {
    that: 'says more than anybody reads',
    file: 'say_without_end.py',
    ends: ['finished'],
    holds: async (after) => {
      expect(after.outcome.stdoutTail.endsWith('line 299999')).toBe(true);
      const logged = await logOf(after);
      expect(logged[0]).toEqual({ number: 0, text: 'line 0' });
      expect(logged.at(-1)).toEqual({ number: 299_999, text: 'line 299999' });
      expect(logged.length).toBeLessThan(150_000);
    },
  },
  {
    that: 'says one line without end',
    file: 'say_one_endless_line.py',
    ends: ['finished'],
    holds: async (after) => {
      expect(after.outcome.stdoutTail.length).toBeLessThanOrEqual(TAIL_CHARACTERS);
      const logged = await logOf(after);
      expect(logged.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(4 * MiB);
    },
  },
  {
    that: 'keeps eight processors busy',
    file: 'take_processor.py',
    ends: ['finished'],
    holds: ({ outcome }) => expect(outcome.cpuSeconds).toBeLessThan(1.5 * outcome.wallSeconds),
  },
  {
    that: 'opens files without end',
    file: 'open_files_without_end.py',
    ends: ['finished'],
    attempts: 1,
  },
];

function ofTheHost({ outcome }: Aftermath): void {
  expect(outcome.exhausted).toBe('host');
}

async function logOf({ bench, job }: Aftermath): Promise<{ number: number; text: string }[]> {
  const logs = telemetrySubject(job.run, job.id, 1, 'log');
  const messages = await bench.bus.streams.read('TELEMETRY', logs, logReported);
  return messages
    .filter(({ body }) => body.stream === 'stdout')
    .flatMap(({ body }) => body.lines.map((text, n) => ({ number: body.first + n, text })))
    .sort((a, b) => a.number - b.number);
}
