/** What the file system says of a shared folder, as one of our two families. */
import { PermanentFailure, TransientFailure } from '../../failure.ts';

/** Runs the work; what it throws is a failure that names the folder. `doing` completes "Could not … in the folder". */
export async function throughFolder<T>(root: string, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFolderFailure(error, root, doing);
  }
}

/** Null for what is not there. */
export async function unlessMissing<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if (failureCode(error) === 'ENOENT') return null;
    throw error;
  }
}

export function failureCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function asFolderFailure(thrown: unknown, root: string, doing: string) {
  if (thrown instanceof TransientFailure || thrown instanceof PermanentFailure) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `Could not ${doing} in the folder ${root}: ${said}.`;
  const cause = { cause: thrown };
  switch (failureCode(thrown)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new PermanentFailure('not-permitted', message, cause);
    case 'ELOOP':
    case 'ENOTDIR':
    case 'EISDIR':
      return new PermanentFailure('unsafe-entry', message, cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return new TransientFailure('store-full', message, cause);
    case 'ENOENT':
      return new TransientFailure('store-away', `${message} Is it mounted here?`, cause);
    default:
      return new TransientFailure('store-away', message, cause);
  }
}
