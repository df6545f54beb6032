/** Somebody who has jobs done that do nothing, by so many workers, each of which does one at a time. */
export interface Dispatcher {
  readonly name: string;
  /** Brings `workers` to their places. */
  open(workers: number): Promise<Crew>;
}

/** Workers in their places. */
export interface Crew extends AsyncDisposable {
  /** Hands a job out. Resolves when it is kept. */
  submit(): Promise<void>;
  /** Hears of every job that is done: its result kept, its message settled. */
  onDone(listener: () => void): void;
}

/** Jobs under way from the submitter to the queue. */
const SUBMITTED_AT_ONCE = 100;

/** Milliseconds from the first submission until all have been done. */
export async function dispatch(crew: Crew, jobs: number): Promise<number> {
  const { promise: all, resolve } = Promise.withResolvers<void>();
  let done = 0;
  crew.onDone(() => {
    done += 1;
    if (done === jobs) resolve();
  });
  let submitted = 0;
  const lane = async () => {
    while (submitted < jobs) {
      submitted += 1;
      await crew.submit();
    }
  };
  const began = performance.now();
  await Promise.all([all, ...Array.from({ length: SUBMITTED_AT_ONCE }, lane)]);
  return performance.now() - began;
}
