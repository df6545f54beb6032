/**
 * The gate of a key, shared by all processes: one record in KV `gates`, changed by compare-and-set.
 *
 * What the processes share is times of their own clocks: a gate is as exact as those agree.
 */
import { createHash } from 'node:crypto';
import type { Records } from '@modelwright/bus';
import type { Gate as GateState } from '@modelwright/contracts';
import { type Gate, type ModelSettings, paused, takeTurn, UNUSED } from '@modelwright/llm';
import { Turnstile } from '../turnstile.ts';

export interface GatePlace {
  readonly records: Records<GateState>;
  /** Under which the gate is kept. */
  readonly name: string;
  readonly perMinute: number | null;
  now(): number;
}

/** Where the gate of a key is kept: the key itself cannot be told from it. */
export function gateName({ baseUrl }: Pick<ModelSettings, 'baseUrl'>, key: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([new URL(baseUrl).host, key]))
    .digest('hex')
    .slice(0, 32);
}

export function busGate({ records, name, perMinute, now }: GatePlace): Gate {
  // Within a process they wait in line: only other processes are competed with.
  const line = new Turnstile(1);

  /** Changes the record to what is wanted of it; false when somebody else was faster. */
  const changed = async (revision: number | null, wanted: GateState): Promise<boolean> => {
    const written =
      revision === null ? await records.create(name, wanted) : await records.update(name, wanted, revision);
    return written !== null;
  };

  return {
    turn: (latest) =>
      line.pass(async () => {
        for (;;) {
          const entry = await records.get(name);
          const state = entry?.value ?? UNUSED;
          const { at, next } = takeTurn(state, perMinute, { now: now(), latest });
          if (next === null || next === state) return at;
          if (await changed(entry?.revision ?? null, next)) return at;
        }
      }),
    pause: (until) =>
      line.pass(async () => {
        for (;;) {
          const entry = await records.get(name);
          const state = entry?.value ?? UNUSED;
          const next = paused(state, until);
          if (next === state || (await changed(entry?.revision ?? null, next))) return;
        }
      }),
  };
}
