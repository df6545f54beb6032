/**
 * Programs as hardened containers of a Docker engine on this host.
 *
 * The runner makes a container; a supervisor of its own starts, watches, ends and removes it. So all that holds for a program
 * outside a container holds for this one: it outlives the runner, and even its supervisor.
 */
import type { Logger } from '@modelwright/telemetry';
import type { Found } from '../../core/adoption.ts';
import type { Ending } from '../../core/job-state.ts';
import { strangers } from '../../core/strangers.ts';
import type { Execution, Executor, Isolation, NotNow, TakenAccelerator } from '../../handlers/executor.ts';
import { type RequestLimits, sandboxRequest } from '../process/sandbox-request.ts';
import { SupervisedPrograms } from '../supervised/supervised-programs.ts';
import { ContainerMaker } from './container-maker.ts';
import { type DockerBase, type DockerSettings, openBase } from './docker-base.ts';
import { DockerBuildSandbox } from './docker-build-sandbox.ts';
import { jobLabels, type Owner, stepLabels } from './labels.ts';
import { probeContainer } from './probe-container.ts';
import { breaches, type ProbeReport } from './probe-program.ts';
import { RunnerContainers } from './runner-containers.ts';
import { unlessAway } from './unless-away.ts';
import { withEnvironment } from './with-environment.ts';

export interface DockerExecutorParts {
  readonly settings: DockerSettings & RequestLimits & { readonly strangersGraceMs: number };
  /** A trusted interpreter of this host, for supervisors. */
  readonly python: string;
  /** A folder of this runner, which the engine sees under the same path. */
  readonly home: string;
  readonly owner: Owner;
  readonly logger: Logger;
  readonly clock: () => number;
}

interface Opened {
  readonly base: DockerBase;
  readonly maker: ContainerMaker;
  readonly programs: SupervisedPrograms;
  readonly report: ProbeReport;
}

/** As many as the process executor has, above its own: both may run on one host. */
const UIDS = 10_000;

/** Finds engine, image and interpreter fit, by running a program in a container; throws a DockerRefusal. */
export async function openDockerExecutor(parts: DockerExecutorParts): Promise<DockerExecutor> {
  const { settings, owner, clock, home } = parts;
  const base = await openBase(settings, parts.logger);
  const uids = process.getuid?.() === 0 ? { first: settings.uidBase + UIDS, count: UIDS } : null;
  const maker = new ContainerMaker({ ...base, uids });
  const programs = new SupervisedPrograms({ python: parts.python }, () =>
    Promise.resolve(isolationOf(base, [])),
  );
  const labels = (record: string, seconds: number) =>
    stepLabels(owner, { what: 'probe', record, seconds }, clock());
  const report = await probeContainer({ maker, programs, home, labels });
  return new DockerExecutor(parts, { base, maker, programs, report });
}

export class DockerExecutor implements Executor {
  readonly name = 'docker';
  readonly builds: DockerBuildSandbox;
  readonly #parts: DockerExecutorParts;
  readonly #opened: Opened;
  readonly #containers: RunnerContainers;

  constructor(parts: DockerExecutorParts, opened: Opened) {
    const { owner, clock, home } = parts;
    const { base, maker, programs, report } = opened;
    this.#parts = parts;
    this.#opened = opened;
    this.#containers = new RunnerContainers(base.docker);
    this.builds = new DockerBuildSandbox({
      ...{ maker, programs, home },
      labels: (record, seconds) => stepLabels(owner, { what: 'environment', record, seconds }, clock()),
      python: report.python,
      imageId: base.image.id,
    });
  }

  probe(): Promise<Isolation> {
    return Promise.resolve(isolationOf(this.#opened.base, breaches(this.#opened.report)));
  }

  start(execution: Execution): Promise<Ending | NotNow | null> {
    return unlessAway(() => this.#start(execution));
  }

  async #start(execution: Execution): Promise<Ending | NotNow | null> {
    const { record } = execution.places;
    const begun = await this.#opened.programs.begin(record, () => this.#make(execution));
    if (begun !== null && 'notNow' in begun) await this.#containers.removeOf(record);
    return begun;
  }

  async #make(execution: Execution) {
    const { settings, owner, clock } = this.#parts;
    const { base, maker, report } = this.#opened;
    const { record } = execution.places;
    await this.#containers.removeOf(record);
    const request = withEnvironment(sandboxRequest(execution, settings), report.python);
    return await maker.make(record, request, {
      labels: jobLabels(owner, execution, base.image.pin, clock()),
      network: 'none',
      accelerators: execution.accelerators,
    });
  }

  state(record: string): Promise<Found> {
    return this.#opened.programs.state(record);
  }

  ending(record: string, signal: AbortSignal): Promise<Ending | null> {
    return this.#opened.programs.ending(record, signal);
  }

  stop(record: string, reason: string, graceSeconds: number | null): Promise<void> {
    return this.#opened.programs.stop(record, reason, graceSeconds);
  }

  snapshot(source: string, target: string, maxBytes: number): Promise<void> {
    return this.#opened.programs.snapshot(source, target, maxBytes);
  }

  taken(): Promise<TakenAccelerator[]> {
    return this.#containers.taken();
  }

  async sweep(): Promise<string[]> {
    const { owner, clock, settings } = this.#parts;
    const { programs } = this.#opened;
    const found = strangers(await this.#containers.seen(), owner.runner, clock(), settings.strangersGraceMs);
    const removed: string[] = [];
    for (const { id, record, reason } of found) {
      if (await programs.isSupervised(record)) continue;
      await this.#containers.remove(id);
      removed.push(`container ${id.slice(0, 12)} ${reason}`);
    }
    return removed;
  }
}

function isolationOf({ image, info, runtime }: DockerBase, breached: string[]): Isolation {
  const what = `Docker ${info.ServerVersion}, runtime ${runtime ?? info.DefaultRuntime}, image ${image.pin}`;
  return {
    level: breached.length === 0 ? 'contained' : 'none',
    notes: [what, ...breached],
    ownUser: process.getuid?.() === 0,
  };
}
