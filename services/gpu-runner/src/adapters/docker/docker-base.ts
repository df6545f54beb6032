/** The engine and the image of a runner, found fit at the start: what everything else here is made from. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@modelwright/telemetry';
import Docker from 'dockerode';
import { checkEngine, type EngineInfo, readEngine } from './engine-facts.ts';
import { type PinnedImage, type PullPolicy, pinImage } from './image.ts';
import { socketPath } from './socket-path.ts';

export interface DockerSettings {
  /** `unix:///...`; null for the usual socket. */
  readonly dockerHost: string | null;
  readonly image: string;
  readonly imagePull: PullPolicy;
  /** Null for the engine's own. */
  readonly runtime: string | null;
}

export interface DockerBase {
  readonly docker: Docker;
  readonly socketPath: string;
  readonly info: EngineInfo;
  readonly image: PinnedImage;
  readonly runtime: string | null;
}

/** Throws a DockerRefusal that says what is missing, and what to do. */
export async function openBase(settings: DockerSettings, logger: Logger): Promise<DockerBase> {
  const path = socketPath(settings.dockerHost);
  const docker = new Docker({ socketPath: path });
  const info = await readEngine(docker, path);
  checkEngine(info, settings.runtime);
  const image = await pinImage(docker, {
    name: settings.image,
    pull: settings.imagePull,
    progress: (line) => logger.info({ image: settings.image }, line),
  });
  return { docker, socketPath: path, info, image, runtime: settings.runtime };
}

/** A folder that is gone afterwards, below one that the engine sees under the same path. */
export async function inScratch<Result>(
  home: string,
  prefix: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, prefix));
  try {
    await chmod(folder, 0o711);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
