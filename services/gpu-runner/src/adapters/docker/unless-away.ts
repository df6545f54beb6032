/** An engine that does not answer is being restarted, as a rule: what needs it is waited for, and no job pays for it. */
import { TransientFailure } from '@modelwright/bus';

const CUT_OFF = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/** Does what needs the engine; throws a TransientFailure when nobody answers, or the answer breaks off. */
export async function unlessAway<Result>(doing: () => Promise<Result>): Promise<Result> {
  try {
    return await doing();
  } catch (error) {
    if (!isAway(error)) throw error;
    throw away(error);
  }
}

/** Where the socket's file is missing, only the call tells it from any other missing file. */
function isAway(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return CUT_OFF.includes(String(error.code)) || ('syscall' in error && error.syscall === 'connect');
}

const away = (cause: Error) =>
  new TransientFailure('engine-away', `The Docker engine does not answer: ${cause.message}`, { cause });
