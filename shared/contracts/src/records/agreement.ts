/**
 * What runners agree on before they fetch, in KV `config`: who needs it first writes it, everybody else takes it as it is.
 * So all hosts install the same packages, and all jobs of a run see the same files.
 */
import { z } from 'zod';
import { relativePath, sha256 } from '../ref.ts';

/** The packages of an environment, under `environment.<key>`; the key is the hash of its specification. */
export const environmentLock = z.object({
  /** As the specification has them, for people: the interpreter and the kind of machine. */
  python: z.string(),
  platform: z.string(),
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      /** The name of its file; the index that has it may differ from host to host. */
      file: z.string(),
      sha256,
    }),
  ),
  lockedBy: z.string(),
  /** Milliseconds since the epoch. */
  lockedAt: z.int(),
});
export type EnvironmentLock = z.infer<typeof environmentLock>;

/** The files of a hub's repository at one commit, under `asset.<run>.<key>`; the key is the hash of the request. */
export const assetPin = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'not a commit'),
  licence: z.string().nullable(),
  files: z.array(
    z.object({
      path: relativePath,
      bytes: z.int().nonnegative(),
      /** Large files are named by their content. */
      sha256: sha256.nullable(),
      /** The others by git's own hash. */
      gitHash: z.string().regex(/^[0-9a-f]{40}$/, 'not a git hash'),
    }),
  ),
});
export type AssetPin = z.infer<typeof assetPin>;

export const environmentLockKey = (key: string) => `environment.${key}`;
export const assetPinKey = (run: string, key: string) => `asset.${run}.${key}`;
