/** A benchmark that is interrupted leaves nothing running. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** Until disposed: a signal has `undo` done, whatever comes of it, and ends this process. */
export function onInterruption(undo: () => Promise<void>): Disposable {
  const leave = () => {
    const exit = () => process.exit(INTERRUPTED);
    undo().then(exit, exit);
  };
  for (const signal of SIGNALS) process.once(signal, leave);
  return {
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, leave);
    },
  };
}
