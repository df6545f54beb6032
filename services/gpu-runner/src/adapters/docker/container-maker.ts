/** Makes the containers of jobs, each with a user id that no other container of the engine has. */
import { randomInt } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContainer, SandboxRequest, SandboxSpec } from '@modelwright/sandbox';
import { sandboxSpec } from '@modelwright/sandbox';
import type Docker from 'dockerode';
import type { HeldAccelerator } from '../../handlers/executor.ts';
import { type ContainerSettings, containerOptions } from './container-options.ts';
import { groupsOf } from './device-groups.ts';
import { type EngineInfo, weaknesses } from './engine-facts.ts';
import type { PinnedImage } from './image.ts';
import { statusCode } from './status-code.ts';

export interface UidRange {
  readonly first: number;
  readonly count: number;
}

export interface ContainerKind {
  readonly labels: Readonly<Record<string, string>>;
  readonly network: string;
  readonly accelerators: readonly HeldAccelerator[];
}

export interface ContainerMakerParts {
  readonly docker: Docker;
  readonly socketPath: string;
  readonly image: PinnedImage;
  readonly info: EngineInfo;
  readonly runtime: string | null;
  /** Null when this process is not root: programs then have its own user, who owns their folders. */
  readonly uids: UidRange | null;
}

export class ContainerMaker {
  readonly #parts: ContainerMakerParts;

  constructor(parts: ContainerMakerParts) {
    this.#parts = parts;
  }

  /** The request, completed by a container that waits to be started by the supervisor of `record`. */
  async make(record: string, request: SandboxRequest, kind: ContainerKind): Promise<SandboxRequest> {
    const spec = sandboxSpec.parse(request);
    const pipes = join(record, 'io');
    await mkdir(pipes, { recursive: true });
    await chmod(pipes, 0o755);
    const groups = await groupsOf(kind.accelerators);
    const { docker, image, runtime } = this.#parts;
    for (const { name, uid, gid } of this.#users()) {
      const files = await accountFiles(record, uid, gid);
      const settings: ContainerSettings = {
        ...kind,
        ...{ image: image.id, runtime, uid, gid, groups, pipes, files },
      };
      const made = await create(docker, { name, ...containerOptions(spec, settings) });
      if (made !== null) return { ...request, container: this.#described(made, uid, kind, spec) };
    }
    throw new Error('all user ids for containers are in use');
  }

  /** The name reserves the user id: an engine gives each name once. */
  *#users(): Generator<{ name: string; uid: number; gid: number }> {
    const { uids } = this.#parts;
    if (uids === null) {
      const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
      yield { name: `modelwright-${randomInt(2 ** 47).toString(36)}`, uid, gid };
      return;
    }
    const start = randomInt(uids.count);
    for (let n = 0; n < uids.count; n += 1) {
      const uid = uids.first + ((start + n) % uids.count);
      yield { name: `modelwright-user-${uid}`, uid, gid: uid };
    }
  }

  #described(id: string, uid: number, kind: ContainerKind, spec: SandboxSpec): SandboxContainer {
    const { image, info, runtime, socketPath, uids } = this.#parts;
    return {
      engine: socketPath,
      id,
      uid: uids === null ? null : uid,
      isolation: {
        mode: 'container',
        uid: uids === null ? null : uid,
        ownUser: uids !== null,
        filesystem: true,
        processes: true,
        network: kind.network === 'none',
        capabilities: true,
        noNewPrivileges: true,
        memory: 'cgroup',
        pids: 'cgroup',
        cpu: info.CpuCfsQuota ? 'cgroup' : 'none',
        notes: [
          `container of ${image.pin}, runtime ${runtime ?? info.DefaultRuntime}, at most ${spec.limits.cpus} processors`,
          ...weaknesses(info),
        ],
      },
    };
  }
}

/** Its id; null when the name is taken. */
async function create(docker: Docker, options: Docker.ContainerCreateOptions): Promise<string | null> {
  try {
    return (await docker.createContainer(options)).id;
  } catch (error) {
    if (statusCode(error) === 409) return null;
    throw error;
  }
}

/** Libraries ask who they run as: without an entry some of them fail. */
async function accountFiles(record: string, uid: number, gid: number): Promise<Record<string, string>> {
  const texts = {
    passwd: `root:x:0:0:root:/:/bin/false\njob:x:${uid}:${gid}:job:/tmp:/bin/sh\n`,
    group: `root:x:0:\njob:x:${gid}:\n`,
  };
  for (const [name, text] of Object.entries(texts))
    await writeFile(join(record, name), text, { mode: 0o644 });
  return { '/etc/passwd': join(record, 'passwd'), '/etc/group': join(record, 'group') };
}
