/** Programs that read what is not their own: labels, secrets, other runs, the host. */
import type { HostileProgram } from '../hostile-program.ts';

export const READING: readonly HostileProgram[] = [
  {
    that: 'reads the labels it will be scored by',
    file: 'read_labels.py',
    ends: ['finished'],
    attempts: 4,
    bites: true,
  },
  {
    that: 'reads the environments of all processes for secrets',
    file: 'read_environments.py',
    ends: ['finished'],
    attempts: 4,
    bites: true,
  },
  {
    that: 'looks for secrets in its own environment',
    file: 'read_own_environment.py',
    ends: ['finished'],
    attempts: 1,
    bites: true,
  },
  {
    that: "reads another run's data on the same host",
    file: 'read_neighbour.py',
    ends: ['finished'],
    attempts: 4,
    bites: true,
  },
  {
    that: 'looks for processes of the host and for files through them',
    file: 'see_processes.py',
    ends: ['finished'],
    attempts: 4,
    bites: true,
  },
  { that: "reads and fills the kernel's keyrings", file: 'read_keyring.py', ends: ['finished'], attempts: 4 },
  {
    that: 'uses descriptors that were left open',
    file: 'use_leaked_descriptors.py',
    ends: ['finished'],
    attempts: 3,
  },
  {
    that: 'opens the memory, the disks and the log of the machine',
    file: 'open_devices.py',
    ends: ['finished'],
    attempts: 8,
  },
];
