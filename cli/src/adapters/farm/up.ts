/** Brings the farm of this machine up: the server, then every service that is wanted and missing. */
import { hostname } from 'node:os';
import { slug } from '@modelwright/contracts';
import type { Config } from '../../config.ts';
import { asksModels, type Counts, type Place, planFarm, wantedCounts } from '../../core/farm-plan.ts';
import { isOutdated, type ModelsTold } from '../../core/models-told.ts';
import { badInput } from '../../core/problem.ts';
import { knowModels, type ModelSource, type Models } from '../models.ts';
import { LEAST_FREE_BYTES, type RecordedService, StateFolder } from '../state-folder.ts';
import type { Toolchain } from '../toolchain.ts';
import { underLock } from '../up-lock.ts';
import { endProcesses } from './down.ts';
import { type Farm, lookAtFarm } from './farm.ts';
import type { Watched } from './foreground.ts';
import { Launch } from './launch.ts';
import { isServing, type ServerProgram } from './server.ts';

export interface UpWish {
  readonly counts: Partial<Counts>;
  readonly slots: number | null;
  readonly port: number | null;
  /** Logs come to the command's own output, which stays. */
  readonly foreground: boolean;
  readonly source: ModelSource;
}

export interface UpOutcome {
  readonly natsUrl: string;
  /** The server that was started now; null when it was there. */
  readonly server: ServerProgram | null;
  readonly started: readonly Place[];
  /** Of them those that ran before and were ended, because what they were told of models has changed. */
  readonly renewed: readonly Place[];
  readonly kept: readonly Place[];
  /** Alive, not asked for, left alone. */
  readonly surplus: readonly Place[];
  /** What the services that were started know of models. */
  readonly models: { readonly names: readonly string[]; readonly file: string | null };
  /** What was started now. */
  readonly processes: readonly Watched[];
}

export async function bringUp(config: Config, toolchain: Toolchain, wish: UpWish): Promise<UpOutcome> {
  const state = new StateFolder(config.home);
  await state.make();
  return underLock(state.lockFile, async () => {
    const farm = await farmThatServes(config);
    refuseContradiction(config, farm, wish);
    return launch(config, farm, toolchain, wish);
  });
}

/** What was killed a moment ago may still look alive. */
async function farmThatServes(config: Config): Promise<Farm> {
  const farm = await lookAtFarm(config);
  return farm.server === null || (await isServing(farm.server)) ? farm : lookAtFarm(config);
}

async function launch(config: Config, farm: Farm, toolchain: Toolchain, wish: UpWish): Promise<UpOutcome> {
  const counts = wantedCounts(wish.counts, farm.recorded?.counts ?? null);
  const models = knowModels(config, wish.source, toldOf(farm));
  const plan = planFarm(counts, farm.alive, {
    namePrefix: namePrefix(config),
    isOutdated: (one) => asksModels(one.service) && isOutdated(one.models, models.told),
  });
  const needsServer = config.outside === null && farm.server === null;
  const done = {
    started: plan.start,
    renewed: plan.renew,
    kept: plan.keep,
    surplus: plan.surplus,
    models: namesOf(models),
  };
  if (!needsServer && plan.start.length === 0)
    return { natsUrl: natsUrlOf(config, farm), server: null, processes: [], ...done };
  await farm.state.requireRoom(LEAST_FREE_BYTES);
  // Both are looked for before anything is started.
  const program = needsServer ? await toolchain.findNatsServer() : null;
  const python = plan.start.length > 0 ? await toolchain.findPython() : null;
  const staying = await without(farm, plan.renew, models);
  const launch = new Launch(config, staying, { counts, foreground: wish.foreground });
  try {
    if (program !== null) await launch.server(program, portWish(farm, wish));
    for (const place of plan.start) await launch.service(place, { python, slots: wish.slots, models });
    await launch.ready();
  } catch (error) {
    await launch.undo();
    throw error;
  }
  return { natsUrl: launch.natsUrl, server: program, processes: launch.processes, ...done };
}

/** What the services that ask models were told; null where none lives. */
export function toldOf({ alive }: Farm): ModelsTold | null {
  return alive.find((one) => asksModels(one.service))?.models ?? null;
}

/** The farm after some have handed over what they hold and ended; their work is taken up again by who comes after. */
async function without(farm: Farm, outdated: readonly RecordedService[], models: Models): Promise<Farm> {
  if (outdated.length === 0) return farm;
  if (models.missing.length > 0) throw wouldLoseKeys(models.missing);
  await endProcesses(outdated);
  return { ...farm, alive: farm.alive.filter((one) => !outdated.includes(one)) };
}

function namesOf({ catalogue, file }: Models) {
  return { names: Object.keys(catalogue.models), file };
}

function wouldLoseKeys(missing: readonly string[]) {
  return badInput({
    message: `the services are to be started again with other models, and ${missing.join(', ')} is not set here`,
    remedy: 'Set it as it was where the services were started, and try again.',
  });
}

function portWish(farm: Farm, wish: UpWish) {
  return {
    stated: wish.port,
    before: farm.recorded?.server?.port ?? null,
    services: farm.alive.length > 0,
  };
}

function natsUrlOf(config: Config, farm: Farm): string {
  return config.outside?.url ?? farm.recorded?.natsUrl ?? '';
}

/** What runs cannot be moved to another server or port. */
function refuseContradiction(config: Config, farm: Farm, wish: UpWish): void {
  const remedy = 'modelwright down, then modelwright up';
  if (farm.server !== null && wish.port !== null && farm.server.port !== wish.port) {
    throw badInput({
      message: `nats-server already runs here at port ${farm.server.port}, not ${wish.port}`,
      remedy,
    });
  }
  const wanted = config.outside?.url ?? null;
  const present = farm.server === null ? null : farm.recorded?.natsUrl;
  const connected = farm.alive.length > 0 ? farm.recorded?.natsUrl : present;
  if (wanted !== null && connected != null && connected !== wanted) {
    throw badInput({ message: `what runs here is connected to ${connected}, not to ${wanted}`, remedy });
  }
  if (wanted === null && farm.alive.length > 0 && farm.recorded?.server === null) {
    throw badInput({
      message: `what runs here is connected to ${farm.recorded.natsUrl}`,
      remedy: `Set NATS_URL=${farm.recorded.natsUrl}, or: ${remedy}`,
    });
  }
}

/** On a server that several machines share, names carry the machine's. */
function namePrefix(config: Config): string {
  return config.outside === null ? '' : `${slug(hostname())}-`;
}
