/**
 * What is wanted of runs and jobs, as KV `control` says, kept at hand.
 *
 * The watch brings changes at once. It is not trusted alone: whoever has jobs in hand looks now and then (`lookUp`).
 */
import type { Records } from '@modelwright/bus';
import {
  type AcceleratorControl,
  acceleratorControlKey,
  type ControlRecord,
  type JobControl,
  jobControlKey,
  type RunControl,
  type RunnerControl,
  runControlKey,
  runnerControlKey,
} from '@modelwright/contracts';
import { whyUnwanted } from '../../core/admission.ts';

export class ControlBoard {
  readonly #records: Records<ControlRecord>;
  readonly #listeners = new Set<(key: string) => void>();

  constructor(records: Records<ControlRecord>) {
    this.#records = records;
  }

  async run(run: string): Promise<RunControl | null> {
    const value = (await this.#records.get(runControlKey(run)))?.value;
    return value !== undefined && 'run' in value ? value : null;
  }

  async job(job: string): Promise<JobControl | null> {
    const value = (await this.#records.get(jobControlKey(job)))?.value;
    return value !== undefined && 'job' in value ? value : null;
  }

  async runner(name: string): Promise<RunnerControl | null> {
    const value = (await this.#records.get(runnerControlKey(name)))?.value;
    return value !== undefined && 'runner' in value ? value : null;
  }

  async accelerator(uuid: string): Promise<AcceleratorControl | null> {
    const value = (await this.#records.get(acceleratorControlKey(uuid)))?.value;
    return value !== undefined && 'accelerator' in value ? value : null;
  }

  /** Why the job is not wanted any more; null when it is. */
  async whyUnwanted(job: { readonly id: string; readonly run: string }): Promise<string | null> {
    const [run, own] = await Promise.all([this.run(job.run), this.job(job.id)]);
    return whyUnwanted(run, own);
  }

  /** Calls back when something about this run or job changed. */
  onChange(job: { readonly id: string; readonly run: string }, listener: () => void): Disposable {
    return this.onKeys([runControlKey(job.run), jobControlKey(job.id)], listener);
  }

  onKeys(of: readonly string[], listener: () => void): Disposable {
    const keys = new Set(of);
    const hear = (key: string) => {
      if (keys.has(key)) listener();
    };
    this.#listeners.add(hear);
    return { [Symbol.dispose]: () => void this.#listeners.delete(hear) };
  }

  /** Follows the bucket until the signal. */
  async follow(signal: AbortSignal): Promise<void> {
    for await (const change of this.#records.watch('>', signal)) {
      for (const listener of this.#listeners) listener(change.key);
    }
  }
}
