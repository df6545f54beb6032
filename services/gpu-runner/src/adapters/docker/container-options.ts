/**
 * A sandbox spec as the options of a hardened container: a pure translation.
 *
 * Nothing of the image is trusted to be harmless (its entry point, health check and user are replaced), and nothing of the
 * host is inside but what the spec mounts. What the program says goes to two named pipes that its supervisor reads.
 */
import type { SandboxSpec } from '@modelwright/sandbox';
import type Docker from 'dockerode';
import type { HeldAccelerator } from '../../handlers/executor.ts';

export interface ContainerSettings {
  /** By id, so that a tag that moves changes nothing. */
  readonly image: string;
  /** Null for the engine's own. */
  readonly runtime: string | null;
  readonly uid: number;
  readonly gid: number;
  readonly labels: Readonly<Record<string, string>>;
  /** `none` for programs; a network of the engine for trusted steps that fetch. */
  readonly network: string;
  readonly accelerators: readonly HeldAccelerator[];
  /** Groups that may open the accelerators' device files. */
  readonly groups: readonly number[];
  /** On the host: where the supervisor makes the pipes `stdout` and `stderr`. */
  readonly pipes: string;
  /** On the host: files that replace those of the image, by their paths in it. */
  readonly files: Readonly<Record<string, string>>;
}

const PIPES = '/mw/io';
/** Opened for both, so that a supervisor that is gone for a while costs the program neither its output nor its life. */
const SPEAK = `exec "$0" "$@" </dev/null 1<>${PIPES}/stdout 2<>${PIPES}/stderr`;
/** Its init and the shell that becomes the program. */
const OVERHEAD = 2;

export function containerOptions(
  spec: SandboxSpec,
  settings: ContainerSettings,
): Docker.ContainerCreateOptions {
  const inside = placeResolver(spec);
  return {
    Image: settings.image,
    Entrypoint: ['/bin/sh', '-c', SPEAK],
    Cmd: spec.argv.map(inside),
    Env: Object.entries({ ...spec.env, ...nvidiaVariables(settings) }).map(
      ([key, value]) => `${key}=${inside(value)}`,
    ),
    WorkingDir: inside(spec.cwd),
    User: `${settings.uid}:${settings.gid}`,
    Hostname: 'sandbox',
    Labels: { ...settings.labels },
    Healthcheck: { Test: ['NONE'] },
    NetworkDisabled: settings.network === 'none',
    HostConfig: {
      ...privileges(settings),
      ...limits(spec, settings.accelerators.length > 0),
      ...devices(settings),
      Mounts: mounts(spec, settings),
    },
  };
}

function privileges({ network, runtime, groups }: ContainerSettings): Docker.HostConfig {
  return {
    NetworkMode: network,
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    // No seccomp profile is named: that leaves the engine's default one in force.
    SecurityOpt: ['no-new-privileges'],
    Privileged: false,
    IpcMode: 'private',
    // Forwards SIGTERM, reaps, and takes every process with it when the program ends.
    Init: true,
    AutoRemove: false,
    RestartPolicy: { Name: 'no' },
    // The supervisor keeps the output; the engine's own log would grow without a limit.
    LogConfig: { Type: 'none', Config: {} },
    ...(groups.length === 0 ? {} : { GroupAdd: groups.map(String) }),
    ...(runtime === null ? {} : { Runtime: runtime }),
  };
}

function limits({ limits: granted }: SandboxSpec, accelerated: boolean): Docker.HostConfig {
  const ulimit = (Name: string, value: number) => ({ Name, Soft: value, Hard: value });
  const temporary = `rw,exec,nosuid,nodev,mode=1777,size=${granted.temporaryBytes}`;
  return {
    Memory: granted.memoryBytes,
    // The sum of memory and swap: no swap.
    MemorySwap: granted.memoryBytes,
    NanoCpus: Math.round(granted.cpus * 1e9),
    PidsLimit: granted.pids + OVERHEAD,
    // Loaders with several processes and collective communication exchange batches there; it counts as memory.
    ShmSize: accelerated ? Math.floor(granted.memoryBytes / 2) : granted.temporaryBytes,
    Tmpfs: { '/tmp': temporary },
    Ulimits: [ulimit('core', 0), ulimit('nofile', granted.openFiles), ulimit('fsize', granted.diskBytes)],
    // When the host itself runs out of memory the job goes first.
    OomScoreAdj: 1000,
  };
}

function devices({ accelerators }: ContainerSettings): Docker.HostConfig {
  const nvidia = accelerators.filter(({ vendor }) => vendor === 'nvidia').map(({ uuid }) => uuid);
  const files = accelerators.filter(({ vendor }) => vendor === 'amd').flatMap((held) => held.deviceFiles);
  const requests = [{ Driver: 'nvidia', DeviceIDs: nvidia, Capabilities: [['gpu', 'compute', 'utility']] }];
  return {
    ...(nvidia.length === 0 ? {} : { DeviceRequests: requests }),
    ...(files.length === 0 ? {} : { Devices: [...new Set(files)].map(device) }),
  };
}

/** The runtime `nvidia` goes by this variable, and images made for GPUs say `all`: also to a job that holds none. */
function nvidiaVariables({ accelerators }: ContainerSettings): Record<string, string> {
  const nvidia = accelerators.filter(({ vendor }) => vendor === 'nvidia').map(({ uuid }) => uuid);
  return { NVIDIA_VISIBLE_DEVICES: nvidia.length === 0 ? 'void' : nvidia.join(',') };
}

const device = (path: string) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rw' });

function mounts(spec: SandboxSpec, { pipes, files }: ContainerSettings): Docker.MountConfig {
  const bind = (Source: string, Target: string, ReadOnly: boolean): Docker.MountSettings => ({
    Type: 'bind',
    Source,
    Target,
    ReadOnly,
    BindOptions: { Propagation: 'rprivate' },
  });
  return [
    bind(pipes, PIPES, true),
    ...Object.entries(files).map(([target, source]) => bind(source, target, true)),
    ...spec.mounts.map(({ source, target, writable }) => bind(source, target, !writable)),
  ];
}

/** Replaces `@{name}` by the place where the container has it. */
function placeResolver(spec: SandboxSpec): (text: string) => string {
  const places = new Map(spec.mounts.map(({ name, target }) => [name, target]));
  places.set('tmp', '/tmp');
  if (spec.python !== null) places.set('python', spec.python);
  return (text) =>
    text.replaceAll(/@\{([A-Za-z0-9_-]+)\}/g, (whole, name: string) => {
      const place = places.get(name);
      if (place === undefined) throw new Error(`${whole} names no mount of the program`);
      return place;
    });
}
