/** Python packages made by hand, in a folder that serves as an index. */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { testPython } from './runner-bench.ts';

export interface MadePackage {
  readonly name: string;
  readonly version: string;
  /** Of its one module, which is named as the package. */
  readonly source: string;
  readonly requires?: readonly string[];
  /** Executed by every interpreter that has the package, when it starts. Wheels only. */
  readonly startup?: string;
}

const WHEEL = `
import json, sys, zipfile
folder, name, version, source, requires, startup = json.loads(sys.argv[1])
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as z:
    z.writestr(f"{name}.py", source)
    if startup:
        z.writestr(f"{name}.pth", startup)
    needs = "".join(f"Requires-Dist: {one}\\n" for one in requires)
    z.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{needs}")
    z.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr(f"{info}/RECORD", "".join(f"{path},,\\n" for path in [f"{name}.py", *(f"{info}/{f}" for f in ("METADATA", "WHEEL", "RECORD"))]))
`;

/** A source distribution whose own program builds its wheel: `source` of the package is executed while it is installed. */
const SDIST = `
import io, json, sys, tarfile
folder, name, version, source, *_ = json.loads(sys.argv[1])
backend = '''
import os, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, version = %r, %r
    scope = {}
    exec(%r, scope)
    info = name + "-" + version + ".dist-info"
    with zipfile.ZipFile(folder + "/" + name + "-" + version + "-py3-none-any.whl", "w") as z:
        z.writestr(name + ".py", "SEEN = " + repr(scope["SEEN"]))
        z.writestr(info + "/METADATA", "Metadata-Version: 2.1\\\\nName: " + name + "\\\\nVersion: " + version + "\\\\n")
        z.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\\\nGenerator: hand\\\\nRoot-Is-Purelib: true\\\\nTag: py3-none-any\\\\n")
        z.writestr(info + "/RECORD", "")
    return name + "-" + version + "-py3-none-any.whl"
''' % (name, version, source)
files = {
    "pyproject.toml": '[build-system]\\nrequires = []\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n',
    "backend.py": backend,
    "PKG-INFO": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n",
}
with tarfile.open(f"{folder}/{name}-{version}.tar.gz", "w:gz") as tar:
    for path, text in files.items():
        entry = tarfile.TarInfo(f"{name}-{version}/{path}")
        entry.size = len(text.encode())
        tar.addfile(entry, io.BytesIO(text.encode()))
`;

export async function makeWheel(folder: string, made: MadePackage): Promise<void> {
  await make(WHEEL, folder, made);
}

/** @param made.source Leaves what its module is to say in `SEEN`. */
export async function makeSourceDistribution(folder: string, made: MadePackage): Promise<void> {
  await make(SDIST, folder, made);
}

async function make(program: string, folder: string, made: MadePackage): Promise<void> {
  await mkdir(folder, { recursive: true });
  const words = JSON.stringify([
    folder,
    made.name,
    made.version,
    made.source,
    made.requires ?? [],
    made.startup ?? '',
  ]);
  execFileSync(testPython(), ['-c', program, words]);
}
