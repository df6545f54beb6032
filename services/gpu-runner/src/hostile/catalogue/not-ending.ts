/** Programs that do not end when they are told to, that only seem to end, or that lie about how they ended. */
import { expect } from 'vitest';
import type { HostileProgram } from '../hostile-program.ts';

export const NOT_ENDING: readonly HostileProgram[] = [
  {
    that: 'ignores every signal',
    file: 'ignore_sigterm.py',
    ends: ['timed-out'],
    reason: /time limit/,
    limits: { wallSeconds: 1, graceSeconds: 0.5 },
    holds: ({ outcome }) => expect(outcome.signal).toBe('SIGKILL'),
  },
  { that: 'hides a daemon', file: 'hide_daemon.py', ends: ['finished'] },
  {
    that: 'ends and leaves a child that goes on talking',
    file: 'hold_output_open.py',
    ends: ['finished'],
    holds: ({ outcome }) => expect(outcome.wallSeconds).toBeLessThan(30),
  },
  {
    that: 'hangs without a sound',
    file: 'hang.py',
    ends: ['stalled'],
    limits: { stallSeconds: 1, graceSeconds: 0.5 },
  },
  {
    that: 'stops itself',
    file: 'stop_itself.py',
    ends: ['timed-out'],
    limits: { wallSeconds: 1, graceSeconds: 0.5 },
  },
  {
    that: 'kills everybody',
    file: 'kill_everybody.py',
    ends: ['finished', 'failed'],
    attempts: 2,
    holds: ({ scene }) => expect(() => process.kill(scene.told.runnerPid, 0)).not.toThrow(),
  },
  {
    that: 'forges its own outcome',
    file: 'forge_outcome.py',
    ends: ['failed'],
    holds: ({ outcome }) => {
      expect(outcome.exitCode).toBe(3);
      expect(outcome.reason).not.toContain('it won');
    },
  },
];
