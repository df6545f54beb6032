/** What is known of the interpreter that environments are made with, told by itself. */
import { z } from 'zod';
import type { PythonIdentity } from '../../core/environments/specification.ts';
import { normalName } from '../../core/requirements.ts';
import type { BuildSandbox } from './build-sandbox.ts';

export interface BaseInterpreter {
  readonly identity: PythonIdentity;
  /** Itself, where it is one of a virtual environment the one below. */
  readonly executable: string;
  /** Normal name → version. */
  readonly packages: ReadonlyMap<string, string>;
  /** Where its packages lie. */
  readonly folders: readonly string[];
  /** Where an environment of it has its packages, relative to the environment. */
  readonly site: string;
  /** Starts pip, ahead of pip's own words; null where there is none. */
  readonly installer: readonly string[] | null;
}

const said = z.object({
  version: z.string(),
  tag: z.string(),
  platform: z.string(),
  executable: z.string(),
  packages: z.array(z.tuple([z.string(), z.string()])),
  folders: z.array(z.string()),
  site: z.string(),
  installer: z.array(z.string()).nullable(),
});

/** Debian's interpreters have no pip of their own, but the wheel that virtual environments get theirs from. */
const DESCRIBE = `
import glob, importlib.metadata, importlib.util, json, os, platform, sys, sysconfig
def installer():
    if importlib.util.find_spec("pip"):
        return ["-m", "pip"]
    spec = importlib.util.find_spec("ensurepip")
    bundled = [] if spec is None else [os.path.dirname(spec.origin) + "/_bundled"]
    for folder in [sysconfig.get_config_var("WHEEL_PKG_DIR"), *bundled, "/usr/share/python-wheels"]:
        for wheel in sorted(glob.glob(f"{folder}/pip-*.whl")):
            return [wheel + "/pip"]
print(json.dumps({
    "version": platform.python_version(),
    "tag": sys.implementation.cache_tag + getattr(sys, "abiflags", ""),
    "platform": ", ".join([sysconfig.get_platform(), " ".join(platform.libc_ver())]),
    "executable": getattr(sys, "_base_executable", None) or sys.executable,
    "packages": [[d.metadata["Name"], d.version] for d in importlib.metadata.distributions()],
    "folders": [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))],
    "site": os.path.relpath(sysconfig.get_path("purelib", "posix_prefix", {"base": "/x", "platbase": "/x"}), "/x"),
    "installer": installer(),
}))
`;

const MiB = 1024 * 1024;

/** Throws when the interpreter cannot be used. */
export async function describeBase(sandbox: BuildSandbox): Promise<BaseInterpreter> {
  const result = await sandbox.run({
    words: ['-I', '-c', DESCRIBE],
    writable: [],
    readable: [],
    variables: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
    network: false,
    isolation: 'best',
    limits: { seconds: 60, memoryBytes: 512 * MiB, diskBytes: 64 * MiB },
  });
  if (!result.ok) {
    const why = result.stderr.trim().split('\n').at(-1) ?? '';
    throw new Error(`The interpreter ${sandbox.python} cannot be used: ${result.reason}. ${why}`);
  }
  const { version, tag, platform, packages, ...rest } = said.parse(JSON.parse(result.stdout));
  return {
    ...rest,
    identity: { version, tag, platform },
    packages: new Map(packages.map(([name, number]) => [normalName(name), number])),
  };
}
