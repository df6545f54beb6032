/** The executors that a runner can be tested with on this machine, and what one is missing. */
import { findDockerEngine } from '@modelwright/testing';

export type ExecutorChoice =
  | {
      readonly name: string;
      /** What a runner is told to use it. */
      readonly variables: Readonly<Record<string, string>>;
      readonly missing: null;
    }
  | { readonly name: string; readonly variables: null; readonly missing: string };

export async function executorChoices(): Promise<readonly ExecutorChoice[]> {
  const found = await findDockerEngine();
  const docker: ExecutorChoice =
    'engine' in found
      ? {
          name: 'docker',
          variables: {
            RUNNER_EXECUTOR: 'docker',
            RUNNER_DOCKER_HOST: `unix://${found.engine.socketPath}`,
            RUNNER_IMAGE: found.engine.image,
          },
          missing: null,
        }
      : { name: 'docker', variables: null, missing: found.missing };
  return [{ name: 'process', variables: {}, missing: null }, docker];
}
