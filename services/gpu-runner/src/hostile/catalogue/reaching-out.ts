/** Programs that reach out: to the bus, to a container engine, to the network. */
import { expect } from 'vitest';
import type { Aftermath, HostileProgram } from '../hostile-program.ts';

const nobodyCame = ({ scene }: Aftermath) => expect(scene.visits()).not.toContain('x');

export const REACHING_OUT: readonly HostileProgram[] = [
  {
    that: 'asks a container engine for the host',
    file: 'use_docker_socket.py',
    ends: ['finished'],
    attempts: 4,
    holds: nobodyCame,
    bites: true,
  },
  { that: 'connects to the bus', file: 'connect_to_bus.py', ends: ['finished'], bites: true },
  {
    that: 'connects to the host and to anywhere',
    file: 'connect_anywhere.py',
    ends: ['finished'],
    holds: nobodyCame,
    bites: true,
  },
  {
    that: 'connects to a socket that has no file',
    file: 'connect_to_abstract_socket.py',
    ends: ['finished'],
    attempts: 1,
    holds: nobodyCame,
    bites: true,
  },
  {
    that: 'makes raw sockets',
    file: 'make_raw_sockets.py',
    ends: ['finished'],
    attempts: 3,
  },
];
