/** What the exit status of every command says. Shown by `modelwright --help`; a published number never changes. */

export const EXIT = {
  ok: 0,
  failed: 1,
  badInput: 2,
  unavailable: 3,
  cancelled: 4,
  detached: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: ReadonlyArray<readonly [ExitCode, string]> = [
  [EXIT.ok, 'it worked; for run: the model was delivered'],
  [EXIT.failed, 'the run failed, or Modelwright itself did'],
  [
    EXIT.badInput,
    'bad input: options, task, data, or the machine (Python, nats-server, port, disk); no run was left behind',
  ],
  [EXIT.unavailable, 'the services or nats-server cannot be reached, are not ready, or have no room left'],
  [EXIT.cancelled, 'the run was cancelled'],
  [EXIT.detached, 'interrupted (Ctrl-C): the command stopped watching, the run goes on'],
];
