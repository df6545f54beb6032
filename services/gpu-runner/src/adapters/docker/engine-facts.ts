/** What a Docker engine must be able to do, and what it is: read once at the start, refused clearly where it falls short. */
import type Docker from 'dockerode';
import { z } from 'zod';

/** The runner cannot work with this engine, image or runtime; the message says what is missing and what to do. */
export class DockerRefusal extends Error {
  override readonly name = 'DockerRefusal';
}

/** The part of the engine's `GET /info` that matters here. */
export const engineInfo = z.object({
  OSType: z.string(),
  ServerVersion: z.string(),
  Runtimes: z.record(z.string(), z.unknown()),
  DefaultRuntime: z.string(),
  SecurityOptions: z
    .array(z.string())
    .nullish()
    .transform((options) => options ?? []),
  MemoryLimit: z.boolean(),
  SwapLimit: z.boolean(),
  PidsLimit: z.boolean(),
  CpuCfsQuota: z.boolean(),
  InitBinary: z.string(),
  LiveRestoreEnabled: z.boolean(),
});
export type EngineInfo = z.infer<typeof engineInfo>;

/** Of the answer, what a runner needs to know of its engine; the reasons why it cannot be used are all told at once. */
export function checkEngine(info: EngineInfo, runtime: string | null): void {
  const options = info.SecurityOptions.join(' ');
  const faults: string[] = [];
  if (info.OSType !== 'linux') faults.push(`it runs ${info.OSType} containers, Linux is needed`);
  if (options.includes('name=rootless') || options.includes('name=userns'))
    faults.push(
      'it maps user ids (rootless or userns-remap): the folders of a job could not be given to its user',
    );
  if (!options.includes('name=seccomp'))
    faults.push('it has no seccomp, so system calls would not be filtered');
  if (!info.MemoryLimit) faults.push('it cannot limit memory (enable the memory control group)');
  if (!info.PidsLimit) faults.push('it cannot limit processes (enable the pids control group)');
  if (runtime !== null && !(runtime in info.Runtimes)) {
    const known = Object.keys(info.Runtimes).join(', ');
    faults.push(
      `it has no runtime ${runtime}, only ${known}: add it to the engine's daemon.json, or unset RUNNER_RUNTIME`,
    );
  }
  if (faults.length > 0) throw new DockerRefusal(`the Docker engine cannot be used: ${faults.join('; ')}`);
}

/** Asks the engine; one that does not answer is refused with its address. */
export async function readEngine(docker: Docker, socketPath: string): Promise<EngineInfo> {
  const answer: unknown = await docker.info().catch((cause: Error) => {
    throw new DockerRefusal(
      `no Docker engine answers at ${socketPath} (${cause.message}): start it, set RUNNER_DOCKER_HOST, or let RUNNER_EXECUTOR be process`,
      { cause },
    );
  });
  const info = engineInfo.safeParse(answer);
  if (!info.success)
    throw new DockerRefusal(
      `what answers at ${socketPath} is no Docker engine: ${z.prettifyError(info.error)}`,
    );
  return info.data;
}

/** Notes on what the engine does not do, in words. */
export function weaknesses(info: EngineInfo): string[] {
  return [
    ...(info.SwapLimit ? [] : ['swap: NOT limited, the engine cannot']),
    ...(info.CpuCfsQuota ? [] : ['processor: NOT limited, the engine cannot']),
  ];
}
