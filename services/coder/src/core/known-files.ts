/** Which files an agent has seen as they are, so that its edits are not guesses. */
import { z } from 'zod';

/** An earlier call, as the transcript tells it. */
interface Called {
  readonly name: string;
  readonly arguments: string;
  readonly failed: boolean;
}

const SHOW_A_FILE: ReadonlySet<string> = new Set(['read_file', 'write_file']);
const onPath = z.object({ path: z.string() });

export function hasSeen(calls: readonly Called[], path: string): boolean {
  return calls.some(
    ({ name, arguments: args, failed }) => SHOW_A_FILE.has(name) && !failed && pathIn(args) === path,
  );
}

/** A call that succeeded had arguments that parse. */
function pathIn(args: string): string {
  return onPath.parse(JSON.parse(args)).path;
}
