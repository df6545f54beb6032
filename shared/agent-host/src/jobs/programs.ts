/**
 * Our own small programs in Python, which tools run as jobs: `programs/`. They travel as a stored folder, like any code
 * that a runner executes.
 */
import { fileURLToPath } from 'node:url';
import type { ContentStore } from '@modelwright/bus';
import type { Job, TreeRef } from '@modelwright/contracts';

export type ProgramName = 'data_profile' | 'list_assets' | 'try_imports' | 'run_command';

const FOLDER = fileURLToPath(new URL('../../programs', import.meta.url));

/** Storing it again changes nothing: content is named by its sha256. */
export async function storePrograms(store: ContentStore): Promise<TreeRef> {
  const { kind, sha256, size, ...stored } = await store.putTree('artifacts', FOLDER, { exclude: isCompiled });
  return { kind, store: stored.store, sha256, size };
}

/**
 * argv of one of them, where the programs are among the inputs. It finds nothing of the folder it is started in, so no
 * file of a candidate can take the place of a module.
 */
export function programCommand(name: ProgramName, args: readonly string[]): string[] {
  const start = `exec python -I -u "$MW_INPUTS/programs/${name}.py" "$@"`;
  return ['sh', '-c', start, name, ...args];
}

export function withPrograms(programs: TreeRef): Job['inputs'] {
  return { programs: { tree: programs, path: null } };
}

const isCompiled = (path: string) => path.includes('__pycache__');
