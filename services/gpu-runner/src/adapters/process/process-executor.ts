/** Programs as processes on this host, contained by the sandbox, each with a supervisor that outlives the runner. */
import { probe, type SandboxHost, type SandboxProbe } from '@modelwright/sandbox';
import type { Found } from '../../core/adoption.ts';
import type { Ending } from '../../core/job-state.ts';
import type { Execution, Executor, Isolation, NotNow, TakenAccelerator } from '../../handlers/executor.ts';
import type { BuildSandbox } from '../environments/build-sandbox.ts';
import { ProcessBuildSandbox } from '../environments/process-build-sandbox.ts';
import { SupervisedPrograms, type WarmStart } from '../supervised/supervised-programs.ts';
import { type RequestLimits, sandboxRequest } from './sandbox-request.ts';

export class ProcessExecutor implements Executor {
  readonly name = 'process';
  readonly builds: BuildSandbox;
  readonly #host: SandboxHost;
  readonly #limits: RequestLimits;
  readonly #programs: SupervisedPrograms;
  #probed: Promise<SandboxProbe> | null = null;

  /** `warm` begins programs that have been started ahead, where it can. */
  constructor(python: string, limits: RequestLimits, warm?: WarmStart) {
    this.#host = { python };
    this.builds = new ProcessBuildSandbox(python, limits);
    this.#limits = limits;
    this.#programs = new SupervisedPrograms(this.#host, () => this.probe(), warm);
  }

  async probe(): Promise<Isolation> {
    this.#probed ??= probe(this.#host);
    const found = await this.#probed;
    const missing = Object.entries(found.abilities).filter(([, ability]) => !ability.ok);
    return {
      level: found.level,
      notes: [found.verdict, ...missing.map(([name, ability]) => `${name}: ${ability.why ?? 'missing'}`)],
      ownUser: found.isolation?.ownUser ?? false,
    };
  }

  start(execution: Execution): Promise<Ending | NotNow | null> {
    const request = () => Promise.resolve(sandboxRequest(execution, this.#limits));
    return this.#programs.begin(execution.places.record, request);
  }

  state(record: string): Promise<Found> {
    return this.#programs.state(record);
  }

  ending(record: string, signal: AbortSignal): Promise<Ending | null> {
    return this.#programs.ending(record, signal);
  }

  stop(record: string, reason: string, graceSeconds: number | null): Promise<void> {
    return this.#programs.stop(record, reason, graceSeconds);
  }

  snapshot(source: string, target: string, maxBytes: number): Promise<void> {
    return this.#programs.snapshot(source, target, maxBytes);
  }

  /** None: the locks of a process end with it. */
  taken(): Promise<TakenAccelerator[]> {
    return Promise.resolve([]);
  }

  /** Nothing: processes end with their supervisors. */
  sweep(): Promise<string[]> {
    return Promise.resolve([]);
  }
}
