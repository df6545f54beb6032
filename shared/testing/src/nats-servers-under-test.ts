/** The nats-servers that integration tests run on: the oldest supported and the newest that this machine has. */
import { describe } from 'vitest';
import {
  findNewestNatsServer,
  findOldestNatsServer,
  type NatsServer,
} from '../../../bootstrap/toolchain.mjs';

export interface ServerUnderTest {
  /** Such as `2.14.5`. */
  readonly version: string;
  /** The executable, for `startNatsServer({ binary })`. */
  readonly binary: string;
}

export type ServerChoice =
  | { readonly label: string; readonly server: ServerUnderTest; readonly missing: null }
  | { readonly label: string; readonly server: null; readonly missing: string };

const REMEDY = 'node bootstrap/main.mjs setup --tests';

/** One or two choices: one where the machine's only server is the oldest supported. What is missing says why. */
export function natsServersUnderTest(): readonly ServerChoice[] {
  return chooseServers(findOldestNatsServer(), findNewestNatsServer());
}

export function chooseServers(oldest: NatsServer | null, newest: NatsServer | null): readonly ServerChoice[] {
  if (newest === null) return [absent('any nats-server', `this machine has none: ${REMEDY}`)];
  if (oldest === null) {
    return [absent('the oldest supported nats-server', `not to be had here: ${REMEDY}`), present(newest)];
  }
  return oldest.version === newest.version ? [present(newest)] : [present(oldest), present(newest)];
}

const present = ({ version, path }: NatsServer): ServerChoice => ({
  label: `nats-server ${version}`,
  server: { version, binary: path },
  missing: null,
});

const absent = (label: string, missing: string): ServerChoice => ({ label, server: null, missing });

/** `describe` once for each server under test; with the reason in its name and all tests skipped where it is missing. */
export function describeOnNatsServers(name: string, body: (server: ServerUnderTest) => void): void {
  for (const { label, server, missing } of natsServersUnderTest()) {
    if (server !== null) describe(`${name} (on ${label})`, () => body(server));
    else
      describe.skip(`${name} (on ${label}; skipped: ${missing})`, () =>
        body({ version: 'none', binary: '' }));
  }
}
