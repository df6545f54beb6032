/** Where the engine is: a Unix socket, since the runner's folders are mounted into its containers by their paths. */
import { DockerRefusal } from './engine-facts.ts';

const DEFAULT = 'unix:///var/run/docker.sock';

/** Of RUNNER_DOCKER_HOST, else DOCKER_HOST, else the usual one. */
export function socketPath(configured: string | null): string {
  const host = configured ?? DEFAULT;
  if (!host.startsWith('unix:///'))
    throw new DockerRefusal(
      `the Docker engine must be on this host and reached by its Unix socket (unix:///...), not ${host}`,
    );
  return host.slice('unix://'.length);
}
