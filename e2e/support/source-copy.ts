/** A copy of the program's own sources, to run one whose prompts differ. */
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PROJECT } from './modelwright.ts';

const SOURCES = ['bootstrap', 'cli', 'services', 'shared', 'package.json'];
const OWN_PACKAGES = '@modelwright';

/** Into an empty folder. Packages of others are linked, ours are copies that find each other. */
export async function copySources(folder: string): Promise<void> {
  const keep = (source: string) => basename(source) !== 'node_modules';
  for (const name of SOURCES) {
    await cp(join(PROJECT, name), join(folder, name), { recursive: true, filter: keep });
  }
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, OWN_PACKAGES), { recursive: true });
  for (const name of await readdir(join(PROJECT, 'node_modules'))) {
    if (name !== OWN_PACKAGES) await symlink(join(PROJECT, 'node_modules', name), join(modules, name));
  }
  const packages = [...(await foldersIn(folder, 'shared')), ...(await foldersIn(folder, 'services'))];
  for (const path of packages) await symlink(path, join(modules, OWN_PACKAGES, basename(path)));
}

async function foldersIn(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(join(folder, name), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, name, entry.name));
}
