/** Builds in a sandbox of this host: own user id and namespaces, the network shared, everything else out of sight. */
import { runContained, type SandboxHost, type SandboxMount } from '@modelwright/sandbox';
import type { BuildResult, BuildSandbox, BuildStep } from './build-sandbox.ts';

const MiB = 1024 * 1024;
const UIDS = 10_000;
const MOST_FILES = 2_000_000;
const PROCESSES = 256;
const OUTPUT_BYTES = 32 * MiB;

export class ProcessBuildSandbox implements BuildSandbox {
  readonly base = '';
  readonly #host: SandboxHost;
  readonly #uids: { readonly first: number; readonly count: number };

  constructor(python: string, { uidBase }: { readonly uidBase: number }) {
    this.#host = { python };
    this.#uids = { first: uidBase, count: UIDS };
  }

  get python(): string {
    return this.#host.python;
  }

  async run(step: BuildStep): Promise<BuildResult> {
    const { exit, stdout, stderr } = await runContained(this.#host, {
      argv: ['@{python}', ...step.words],
      cwd: '@{tmp}',
      env: { ...step.variables },
      python: this.python,
      mounts: mounts(step),
      limits: {
        wallSeconds: step.limits.seconds,
        memoryBytes: step.limits.memoryBytes,
        diskBytes: step.limits.diskBytes,
        files: MOST_FILES,
        pids: PROCESSES,
        temporaryBytes: 64 * MiB,
        outputHeadBytes: OUTPUT_BYTES,
      },
      network: step.network ? 'host' : 'none',
      isolation: step.isolation,
      uids: this.#uids,
    });
    return {
      ok: exit.outcome === 'finished',
      reason: exit.reason,
      stdout: stdout.toString('utf8'),
      stderr: stderr.toString('utf8'),
    };
  }
}

/** Each under its own path: an environment holds absolute ones. */
function mounts(step: BuildStep): SandboxMount[] {
  const mount = (name: string, path: string, writable: boolean) => ({
    name,
    source: path,
    target: path,
    writable,
  });
  return [
    ...step.readable.map((path, n) => mount(`read-${n}`, path, false)),
    ...step.writable.map((path, n) => mount(`write-${n}`, path, true)),
  ];
}
