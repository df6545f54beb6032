/** Starts programs that outlive the command, with their output in a log file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { logEnd } from '../core/log-end.ts';
import { identify, type ProcessIdentity } from './process-table.ts';

const LARGEST_KEPT_LOG = 16 * 1024 * 1024;
const TAIL_BYTES = 16_384;

export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Null: where the command itself writes. */
  readonly log: string | null;
}

export interface Started extends ProcessIdentity {
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;
}

/** Starts the program in its own session, so that no terminal's Ctrl-C reaches it. */
export async function startInBackground(program: Program): Promise<Started> {
  const log = await openLog(program.log);
  try {
    const child = spawn(program.command, program.arguments, {
      cwd: program.cwd,
      env: { ...program.environment },
      detached: true,
      stdio: ['ignore', log ?? 'inherit', log ?? 'inherit'],
    });
    const ended = endOf(child);
    await spawned(child);
    child.unref();
    const identity = child.pid === undefined ? null : await identify(child.pid);
    // Already gone: its end is told by `ended`, and no process can match the empty birth.
    return { pid: child.pid ?? 0, born: identity?.born ?? '', ended };
  } finally {
    if (log !== null) closeSync(log);
  }
}

/** The end of a log, for an error message; empty where there is none. */
export async function tailOf(log: string | null, lines: number): Promise<string> {
  if (log === null) return '';
  const file = await open(log, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(TAIL_BYTES),
      position: Math.max(0, size - TAIL_BYTES),
    });
    return logEnd(buffer.toString('utf8', 0, bytesRead), lines);
  } finally {
    await file.close();
  }
}

/** A log that has grown large is moved aside first. */
async function openLog(log: string | null): Promise<number | null> {
  if (log === null) return null;
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_KEPT_LOG) await rename(log, `${log}.1`);
  return openSync(log, 'a', 0o600);
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    child.once('spawn', done);
    child.once('error', failed);
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((ended) => {
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal === null ? `exit code ${code}` : signal));
  });
}
