/** The image that programs run in: found or pulled at the start, and held by its id from then on. */
import type Docker from 'dockerode';
import { DockerRefusal } from './engine-facts.ts';
import { statusCode } from './status-code.ts';

export type PullPolicy = 'missing' | 'always' | 'never';

export interface PinnedImage {
  /** `sha256:…`: what containers are made of, wherever its name may point later. */
  readonly id: string;
  /** For records: the repository's digest, or the id of an image that was imported and has none. */
  readonly pin: string;
}

export interface ImageWish {
  readonly name: string;
  readonly pull: PullPolicy;
  /** Sentences while it is pulled. */
  readonly progress: (line: string) => void;
}

export async function pinImage(docker: Docker, wish: ImageWish): Promise<PinnedImage> {
  if (wish.pull === 'always') await pull(docker, wish);
  let found = await inspect(docker, wish.name);
  if (found === null && wish.pull === 'missing') {
    await pull(docker, wish);
    found = await inspect(docker, wish.name);
  }
  if (found === null)
    throw new DockerRefusal(
      `the engine has no image ${wish.name} and RUNNER_IMAGE_PULL is ${wish.pull}: pull or import it, or set RUNNER_IMAGE`,
    );
  // An imported image was never in a repository, and older engines say null then.
  const [digest] = found.RepoDigests ?? [];
  return { id: found.Id, pin: digest ?? found.Id };
}

async function inspect(docker: Docker, name: string): Promise<Docker.ImageInspectInfo | null> {
  return await docker
    .getImage(name)
    .inspect()
    .catch((error: unknown) => {
      if (statusCode(error) === 404) return null;
      throw error;
    });
}

async function pull(docker: Docker, { name, progress }: ImageWish): Promise<void> {
  progress(`pulling ${name}`);
  try {
    const stream = await docker.pull(name);
    await followed(docker, stream, layerProgress(progress));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DockerRefusal(
      `${name} could not be pulled (${why}): make it on this host (deploy/images/base), or set RUNNER_IMAGE`,
      { cause },
    );
  }
  progress(`pulled ${name}`);
}

interface PullEvent {
  readonly status?: string;
  readonly id?: string;
}

function followed(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onEvent: (event: PullEvent) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  docker.modem.followProgress(
    stream,
    (error: Error | null) => (error === null ? resolve() : reject(error)),
    onEvent,
  );
  return promise;
}

/** A line for each step of each layer, not for each of its thousand updates. */
export function layerProgress(tell: (line: string) => void): (event: PullEvent) => void {
  const last = new Map<string, string>();
  return ({ status, id }) => {
    if (status === undefined || id === undefined || last.get(id) === status) return;
    last.set(id, status);
    tell(`${id}: ${status}`);
  };
}
