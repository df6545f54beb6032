/** What services were told of models when they were started, and whether that still holds. */
import { z } from 'zod';

/** Kept in the state folder: hashes alone, no key. */
export const modelsTold = z.object({
  /** The configuration file; null: the environment alone. */
  file: z.string().nullable(),
  /** Hash of the catalogue that came of it. */
  catalogue: z.string(),
  /** Hashes of the keys that were there, by the names of their variables. */
  keys: z.record(z.string(), z.string()),
});
export type ModelsTold = z.infer<typeof modelsTold>;

/**
 * Whether a service that was told one thing must be started again to know the other. A key that is there no more is no
 * reason: it is missing in this terminal, and the service still has it.
 *
 * @param told Null where nothing was recorded.
 */
export function isOutdated(told: ModelsTold | null, now: ModelsTold): boolean {
  if (told === null) return now.file !== null || Object.keys(now.keys).length > 0;
  if (told.catalogue !== now.catalogue || told.file !== now.file) return true;
  return Object.entries(now.keys).some(([name, hash]) => told.keys[name] !== hash);
}
