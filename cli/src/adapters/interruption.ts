/** Ctrl-C: the first asks the command to leave, the second ends it at once. */
import { EXIT } from '../core/exit-code.ts';

export interface Interruption extends Disposable {
  /** This command is leaving; what it watches goes on. */
  readonly leaving: AbortSignal;
}

export function onInterrupt(): Interruption {
  const leaving = new AbortController();
  const interrupt = () => {
    if (leaving.signal.aborted) process.exit(EXIT.detached);
    leaving.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    leaving: leaving.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
