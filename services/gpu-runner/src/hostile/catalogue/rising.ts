/** Programs that gain rights: other users, namespaces, mounts, other processes, the kernel. */
import { expect } from 'vitest';
import type { HostileProgram } from '../hostile-program.ts';

export const RISING: readonly HostileProgram[] = [
  { that: 'becomes another user', file: 'become_root.py', ends: ['finished'], attempts: 9 },
  { that: 'makes namespaces', file: 'make_namespaces.py', ends: ['finished'], attempts: 8 },
  { that: 'mounts', file: 'mount.py', ends: ['finished'], attempts: 9, data: true },
  { that: 'traces other processes', file: 'trace_others.py', ends: ['finished'], attempts: 5 },
  {
    that: 'writes to its data and to the environment of later jobs',
    file: 'write_what_is_read_only.py',
    ends: ['finished'],
    attempts: 13,
    data: true,
    holds: async ({ bench, job, scene }) => {
      if (job.data === null) throw new Error('it had no data');
      const again = await bench.outcome(
        await bench.submit(
          'import os; print(os.listdir(os.environ["MW_DATA"]), open(os.environ["MW_DATA"] + "/train.csv").read())',
          { data: job.data },
        ),
      );
      expect(again.stdoutTail).toContain(`['train.csv'] ${scene.dataText}`);
    },
  },
  {
    that: 'has the kernel run a program',
    file: 'write_kernel_settings.py',
    ends: ['finished'],
    attempts: 9,
  },
  {
    that: 'calls what no training needs',
    file: 'call_dangerous_syscalls.py',
    ends: ['finished'],
    attempts: 16,
  },
  {
    that: 'hands the kernel a ring of requests',
    file: 'make_ring.py',
    ends: ['finished'],
    attempts: 1,
    unless: {
      executor: 'docker',
      because: 'the default profile of engines before 25 leaves io_uring to programs',
    },
  },
  { that: 'types into a terminal', file: 'type_into_terminal.py', ends: ['finished'], attempts: 4 },
];
