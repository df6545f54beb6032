/** What the machine offers: Python, nats-server. The bootstrap found or brought them; here they are asked for. */
import { allNatsServers, findNatsServer, findPython } from '../../../bootstrap/toolchain.mjs';
import { badInput } from '../core/problem.ts';

export interface Toolchain {
  /** A nats-server new enough; refuses with the remedy where there is none. */
  findNatsServer(): { readonly path: string; readonly version: string };
  /** The interpreter that harness and recipes run in; refuses with the remedy where there is none. */
  findPython(): string;
}

export const machine: Toolchain = {
  findNatsServer() {
    const found = findNatsServer();
    if (found !== null) return found;
    const old = allNatsServers()[0];
    throw badInput({
      message:
        old === undefined
          ? 'there is no nats-server'
          : `nats-server ${old.version} is too old: 2.9.10 is the oldest supported`,
      remedy:
        'npm run setup brings one. Or put a newer one on the PATH (https://github.com/nats-io/nats-server/releases),\n' +
        'or name a running one: NATS_URL=nats://host:4222',
      file: old?.path,
    });
  },
  findPython() {
    const found = findPython();
    if (found !== null) return found.python;
    throw badInput({
      message: 'there is no Python environment for harness and recipes',
      remedy:
        'npm run setup makes one; it needs Python 3.10 or newer. modelwright doctor says what is missing.',
    });
  },
};
