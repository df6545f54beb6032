/** Programs that reach out: to the bus, to a container engine, to the network. */
import type { HostileProgram } from '../hostile-program.ts';

export const REACHING_OUT: readonly HostileProgram[] = [
  {
    that: 'asks a container engine for the host',
    file: 'use_docker_socket.py',
    ends: ['finished'],
    attempts: 4,
    bites: true,
  },
  { that: 'connects to the bus', file: 'connect_to_bus.py', ends: ['finished'], bites: true },
  {
    that: 'connects to the host and to anywhere',
    file: 'connect_anywhere.py',
    ends: ['finished'],
    bites: true,
  },
  {
    that: 'connects to a socket that has no file',
    file: 'connect_to_abstract_socket.py',
    ends: ['finished'],
    attempts: 1,
    bites: true,
  },
  {
    that: 'makes raw sockets',
    file: 'make_raw_sockets.py',
    ends: ['finished'],
    attempts: 3,
  },
];
