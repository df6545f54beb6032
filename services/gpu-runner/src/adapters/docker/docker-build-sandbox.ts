/** Where environments for containers are made: in one of the same image, with a network, and nothing else of the host. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OUTPUT_START, readOutput, type SandboxMount, type SandboxRequest } from '@modelwright/sandbox';
import type { BuildResult, BuildSandbox, BuildStep } from '../environments/build-sandbox.ts';
import type { SupervisedPrograms } from '../supervised/supervised-programs.ts';
import type { ContainerMaker } from './container-maker.ts';
import { inScratch } from './docker-base.ts';
import { unlessAway } from './unless-away.ts';

const MiB = 1024 * 1024;
const MOST_FILES = 2_000_000;
const PROCESSES = 256;
const OUTPUT_BYTES = 32 * MiB;
const NETWORK = 'bridge';
/** A site with a certificate authority of its own says so by these; what they name is readable inside. */
const CERTIFICATES = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'CURL_CA_BUNDLE'];

export interface BuildParts {
  readonly maker: ContainerMaker;
  readonly programs: SupervisedPrograms;
  readonly home: string;
  readonly labels: (record: string, seconds: number) => Readonly<Record<string, string>>;
  /** The interpreter in the image. */
  readonly python: string;
  readonly imageId: string;
}

export class DockerBuildSandbox implements BuildSandbox {
  readonly python: string;
  readonly base: string;
  readonly #parts: BuildParts;

  constructor(parts: BuildParts) {
    this.#parts = parts;
    this.python = parts.python;
    this.base = parts.imageId;
  }

  run(step: BuildStep): Promise<BuildResult> {
    return inScratch(this.#parts.home, 'build-', async (folder) => {
      const record = join(folder, 'record');
      await mkdir(record);
      return await this.#runIn(record, step);
    });
  }

  async #runIn(record: string, step: BuildStep): Promise<BuildResult> {
    const { maker, programs, labels } = this.#parts;
    const kind = {
      labels: labels(record, step.limits.seconds),
      network: step.network ? NETWORK : 'none',
      accelerators: [],
    };
    const request = () => maker.make(record, buildRequest(step, this.python), kind);
    const begun = await unlessAway(() => programs.begin(record, request));
    if (begun !== null && 'notNow' in begun) throw new Error(begun.notNow);
    const ending = begun ?? (await programs.ending(record, new AbortController().signal));
    return {
      ok: ending?.end === 'finished',
      reason: ending?.reason ?? 'nobody waited for its end',
      stdout: await wholeOutput(record, 'stdout'),
      stderr: await wholeOutput(record, 'stderr'),
    };
  }
}

function buildRequest(step: BuildStep, python: string): SandboxRequest {
  return {
    argv: [python, ...step.words],
    cwd: '@{tmp}',
    env: { HOME: '@{tmp}', ...step.variables },
    mounts: mounts(step),
    limits: {
      wallSeconds: step.limits.seconds,
      memoryBytes: step.limits.memoryBytes,
      diskBytes: step.limits.diskBytes,
      files: MOST_FILES,
      pids: PROCESSES,
      temporaryBytes: Math.floor(step.limits.memoryBytes / 2),
      outputHeadBytes: OUTPUT_BYTES,
    },
    isolation: step.isolation,
  };
}

/** Each under its own path: an environment holds absolute ones. */
function mounts(step: BuildStep): SandboxMount[] {
  const certificates = CERTIFICATES.map((name) => step.variables[name]).filter(
    (path) => path?.startsWith('/') && existsSync(path),
  );
  const readable = new Set([...step.readable, ...certificates.filter((path) => path !== undefined)]);
  return [
    ...[...readable].map((path, n) => mount(`read-${n}`, path, false)),
    ...step.writable.map((path, n) => mount(`write-${n}`, path, true)),
  ];
}

const mount = (name: string, path: string, writable: boolean): SandboxMount => ({
  name,
  source: path,
  target: path,
  writable,
});

async function wholeOutput(record: string, stream: 'stdout' | 'stderr'): Promise<string> {
  const texts: string[] = [];
  for (let position = OUTPUT_START; ; ) {
    const next = await readOutput(record, stream, position);
    if (next.lines.length === 0) return texts.map((text) => `${text}\n`).join('');
    texts.push(...next.lines.map(({ text }) => text));
    position = next.position;
  }
}
