/** What went wrong, read from Python's traceback. */
import type { CheckReport } from '../check-report.ts';

export interface Place {
  /** Relative to the work tree. */
  readonly path: string;
  readonly line: number;
}

export interface Fault {
  /** Name of the exception, without its module. */
  readonly error: string;
  readonly message: string;
  /** Where the traceback passes through the work tree, outermost first. */
  readonly places: readonly Place[];
}

/** Programs of the work tree that a check starts: the first frame of a traceback is in one of them. */
const STARTED = /^(.*\/)(?:train\.py|inference\.py|mw\/check\.py)$/;

/** Null when the report holds no traceback: the program ran, and what it left is wrong. */
export function faultIn({ stderr }: Pick<CheckReport, 'stderr'>): Fault | null {
  const lines = stderr.split('\n');
  const last = lines.findLastIndex((line) => raised(line) !== null);
  const error = raised(lines[last] ?? '');
  if (error === null) return null;
  const first = lines.slice(0, last).findLastIndex((line) => line.startsWith('Traceback ('));
  return { ...error, places: placesIn(lines.slice(Math.max(first, 0), last).join('\n')) };
}

/** Whether a repair has changed nothing that could be seen. */
export function sameFault(a: Fault | null, b: Fault | null): boolean {
  const key = (fault: Fault | null) => JSON.stringify([fault?.error, fault?.message, fault?.places.at(-1)]);
  return key(a) === key(b);
}

function raised(line: string): Pick<Fault, 'error' | 'message'> | null {
  const found = line.match(/^(?:[A-Za-z_]\w*\.)*(_?[A-Z]\w*(?:Error|Exception))(?:: (.*))?$/);
  return found?.[1] === undefined ? null : { error: found[1], message: found[2] ?? '' };
}

function placesIn(traceback: string): Place[] {
  const frames = [...traceback.matchAll(/^\s*File "(.+?)", line (\d+)/gm)].flatMap(([, path, line]) =>
    path === undefined || line === undefined ? [] : [{ path, line: Number(line) }],
  );
  const root = frames.map(({ path }) => path.match(STARTED)?.[1]).find((prefix) => prefix !== undefined);
  if (root === undefined) return [];
  return frames
    .filter(({ path }) => path.startsWith(root) && !path.includes('/site-packages/'))
    .map(({ path, line }) => ({ path: path.slice(root.length), line }));
}
