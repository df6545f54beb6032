/** Turns this process into a service: signals and exit code are then the service's own. */

import { hostname } from 'node:os';
import { slug } from '@modelwright/contracts';
import type { Config } from '../../config.ts';
import type { ServiceName } from '../../core/farm-plan.ts';
import { unavailable } from '../../core/problem.ts';
import { serviceEnvironment } from '../../core/service-environment.ts';
import { knowModels } from '../models.ts';
import type { Toolchain } from '../toolchain.ts';
import { lookAtFarm } from './farm.ts';
import { busUserOf, mainFileOf } from './launch.ts';

export async function becomeService(
  config: Config,
  toolchain: Toolchain,
  wanted: { readonly service: ServiceName; readonly name: string | null },
): Promise<void> {
  const { service } = wanted;
  const connection = config.outside === null ? await ownServer(config, service) : outsideServer(config);
  const name = wanted.name ?? config.inherited['MODELWRIGHT_NAME'] ?? `${slug(hostname())}-${process.pid}`;
  const environment = serviceEnvironment({ service, name }, config.inherited, {
    home: config.home,
    ...connection,
    python: config.inherited['MODELWRIGHT_PYTHON'] ?? toolchain.findPython(),
    slots: null,
    models: knowModels(config, {}, null),
  });
  process.chdir(config.root);
  if (process.execve === undefined) {
    throw unavailable({
      message: 'this system cannot replace a process by another',
      remedy: 'Use Linux, macOS, or WSL 2 on Windows.',
    });
  }
  process.execve(process.execPath, [process.execPath, mainFileOf(config, service)], environment);
}

async function ownServer(config: Config, service: ServiceName) {
  const { state, server, recorded } = await lookAtFarm(config);
  if (server === null || recorded === null) {
    throw unavailable({
      message: `no nats-server runs here (state folder ${config.home})`,
      remedy: 'Start one: modelwright up\nOr name one: NATS_URL=nats://host:4222',
    });
  }
  const user = busUserOf(service);
  return { natsUrl: recorded.natsUrl, user, passwordFile: state.passwordFile(user), password: null };
}

function outsideServer({ outside }: Config) {
  return {
    natsUrl: outside?.url ?? '',
    user: outside?.user ?? null,
    passwordFile: null,
    password: outside?.password ?? null,
  };
}
