/** The environment the command line reads, and nothing else reads it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ContentPlace, contentPlace } from '@modelwright/bus';
import { z } from 'zod';
import { badInput } from './core/problem.ts';

const environment = z.object({
  MODELWRIGHT_HOME: z.string().optional(),
  NATS_URL: z.string().optional(),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_PASSWORD_FILE: z.string().optional(),
  MODELWRIGHT_ARTIFACTS: z.string().optional(),
});

/** A server somebody else runs. */
export interface OutsideServer {
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

export interface Config {
  /** The state folder. */
  readonly home: string;
  /** The folder Modelwright itself lives in. */
  readonly root: string;
  readonly cwd: string;
  /** Null: `up` starts a server of its own. */
  readonly outside: OutsideServer | null;
  /** Where content is kept; null: as the farm has it. */
  readonly content: ContentPlace | null;
  /** What services inherit. */
  readonly inherited: Readonly<Record<string, string>>;
}

export function readConfig(env: NodeJS.ProcessEnv, cwd: string, root: string): Config {
  const given = environment.parse(blankless(env));
  return Object.freeze({
    home:
      given.MODELWRIGHT_HOME === undefined
        ? join(root, '.modelwright')
        : resolve(cwd, given.MODELWRIGHT_HOME),
    root,
    cwd,
    outside:
      given.NATS_URL === undefined
        ? null
        : {
            url: given.NATS_URL,
            user: given.NATS_USER ?? null,
            password: given.NATS_PASSWORD ?? passwordIn(given.NATS_PASSWORD_FILE),
          },
    content: contentIn(given.MODELWRIGHT_ARTIFACTS),
    inherited: blankless(env),
  });
}

/** A variable set to nothing is not set. */
function blankless(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function contentIn(text: string | undefined): ContentPlace | null {
  if (text === undefined) return null;
  const parsed = contentPlace.safeParse(text);
  if (parsed.success) return parsed.data;
  throw badInput({
    message: `MODELWRIGHT_ARTIFACTS ${parsed.error.issues[0]?.message ?? 'is no place'}`,
    remedy: 'docs/artifacts.md says how places are written. Unset, content is kept in NATS.',
  });
}

function passwordIn(file: string | undefined): string | null {
  if (file === undefined) return null;
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw badInput(
      {
        message: `NATS_PASSWORD_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'Name a readable file that holds the password, or set NATS_PASSWORD.',
        file,
      },
      { cause: error },
    );
  }
}
