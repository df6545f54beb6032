/** The requirements of a candidate's own environment: exact versions, which is all that a runner installs. */
import { z } from 'zod';

/** What a coder may ask for: `name==version`. */
export const pinnedPackage = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.!+_-]*$/,
    'must be name==version, such as lightgbm==4.6.0',
  );

/** Name and version, as the environment has them. */
export type Installed = Readonly<Record<string, string>>;

export interface Wanted {
  /** `requirements.txt` of the candidate. */
  readonly requirements: string;
  /** Of the runner's own environment. */
  readonly base: Installed;
  /** Of the environment so far, one `name==version` a line; null for the runner's own. */
  readonly before: string | null;
  /** `name==version` each. */
  readonly asked: readonly string[];
}

/** Names are compared as package indexes do. */
export const normalName = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

const nameOf = (line: string) => /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(line.trim())?.[0] ?? null;

/** One `name==version` a line, sorted: what the candidate requires already, and what is asked for in its place or beside it. */
export function environmentText({ requirements, base, before, asked }: Wanted): string {
  const versions = new Map(Object.entries(base).map(([name, version]) => [normalName(name), version]));
  const pins = new Map<string, string>();
  for (const line of requirements.split('\n')) {
    const name = nameOf(line);
    const version = name === null ? undefined : versions.get(normalName(name));
    if (name !== null && version !== undefined) pins.set(normalName(name), `${normalName(name)}==${version}`);
  }
  for (const line of [...(before ?? '').split('\n'), ...asked]) {
    const name = nameOf(line);
    if (name !== null) pins.set(normalName(name), line.trim());
  }
  return [...pins.values()]
    .sort()
    .map((pin) => `${pin}\n`)
    .join('');
}

/** `requirements.txt` with these packages, each in the place of the line that had it, or at the end. */
export function withPackages(requirements: string, asked: readonly string[]): string {
  const wanted = new Map(asked.map((pin) => [normalName(nameOf(pin) ?? pin), pin]));
  const kept = requirements.split('\n').filter((line) => {
    const name = nameOf(line);
    return line.trim() !== '' && (name === null || !wanted.has(normalName(name)));
  });
  return [...kept, ...wanted.values()].map((line) => `${line}\n`).join('');
}

/** The names that a task does not allow; none where it says nothing. */
export function notAllowed(asked: readonly string[], allowed: readonly string[] | undefined): string[] {
  if (allowed === undefined) return [];
  const names = new Set(allowed.map((one) => normalName(nameOf(one) ?? one)));
  return asked.map((pin) => nameOf(pin) ?? pin).filter((name) => !names.has(normalName(name)));
}
