/**
 * A virtual environment (PEP 405), written by hand: a file that says where the interpreter is installed, a link to it, and
 * a folder for packages.
 *
 * So no program runs to make it, and after an installation what matters can be made right again, whatever was installed.
 */
import { lstat, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BaseInterpreter } from './base-interpreter.ts';

export const interpreterOf = (environment: string) => join(environment, 'bin/python');

/** In an existing folder. Done again, it repairs what an installation has changed or lost. */
export async function furnish(environment: string, base: BaseInterpreter): Promise<void> {
  await folder(join(environment, base.site));
  await folder(join(environment, 'bin'));
  for (const name of new Set(['python', 'python3', basename(base.executable)])) {
    const link = join(environment, 'bin', name);
    await rm(link, { recursive: true, force: true });
    await symlink(base.executable, link);
  }
  const settings = join(environment, 'pyvenv.cfg');
  await rm(settings, { recursive: true, force: true });
  const lines = [
    `home = ${dirname(base.executable)}`,
    'include-system-site-packages = false',
    `version = ${base.identity.version}`,
  ];
  await writeFile(settings, `${lines.join('\n')}\n`);
}

/** Its interpreter finds the packages in `folders` too. */
export async function lookInto(
  environment: string,
  base: BaseInterpreter,
  folders: readonly string[],
): Promise<void> {
  await writeFile(join(environment, base.site, 'base.pth'), `${folders.join('\n')}\n`);
}

/** A real one: a link in its place is replaced. */
async function folder(path: string): Promise<void> {
  const there = await lstat(path).catch(() => null); // not there, or below something that is no folder
  if (there?.isSymbolicLink() === true) await rm(path);
  await mkdir(path, { recursive: true, mode: 0o755 });
}
