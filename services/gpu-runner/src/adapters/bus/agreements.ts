/** What the runners of a farm agree on, in KV `config`: the first to write a record decides for all. */
import type { Records } from '@modelwright/bus';
import { type AssetPin, assetPinKey, type EnvironmentLock, environmentLockKey } from '@modelwright/contracts';
import type { AssetPins } from '../assets/hub-source.ts';
import type { EnvironmentLocks } from '../environments/environments.ts';

/** Returns what counts: `mine`, or what another has written first. */
export async function agree<Value>(records: Records<Value>, key: string, mine: Value): Promise<Value> {
  for (;;) {
    if ((await records.create(key, mine)) !== null) return mine;
    const theirs = await records.get(key);
    if (theirs !== null) return theirs.value;
  }
}

export class FarmLocks implements EnvironmentLocks {
  readonly #records: Records<EnvironmentLock>;
  readonly #runner: string;
  readonly #clock: () => number;

  constructor(records: Records<EnvironmentLock>, runner: string, clock: () => number) {
    this.#records = records;
    this.#runner = runner;
    this.#clock = clock;
  }

  async get(key: string): Promise<EnvironmentLock | null> {
    return (await this.#records.get(environmentLockKey(key)))?.value ?? null;
  }

  async agree(
    key: string,
    lock: Pick<EnvironmentLock, 'python' | 'platform' | 'packages'>,
  ): Promise<EnvironmentLock> {
    const mine = { ...lock, lockedBy: this.#runner, lockedAt: this.#clock() };
    return await agree(this.#records, environmentLockKey(key), mine);
  }
}

export class FarmPins implements AssetPins {
  readonly #records: Records<AssetPin>;

  constructor(records: Records<AssetPin>) {
    this.#records = records;
  }

  async get(run: string, key: string): Promise<AssetPin | null> {
    return (await this.#records.get(assetPinKey(run, key)))?.value ?? null;
  }

  async agree(run: string, key: string, pin: AssetPin): Promise<AssetPin> {
    return await agree(this.#records, assetPinKey(run, key), pin);
  }
}
