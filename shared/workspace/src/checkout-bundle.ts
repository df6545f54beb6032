/** A version as plain files: for runners, and for whoever puts one candidate into another. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesOfCommit, unbundle } from './commit-files.ts';
import { writeFolder } from './folder.ts';
import { initRepository } from './git.ts';
import { WorkspaceRefusal } from './refusal.ts';

/**
 * Writes the files of `commit` into `folder`, without any git directory. The folder is made; where it exists it must be empty.
 * @throws WorkspaceRefusal when the commit holds what no candidate may; GitFailure when the bundle cannot be read.
 */
export async function checkoutBundle(bundleFile: string, commit: string, folder: string): Promise<void> {
  if ((await entriesOf(folder)).length > 0) throw new WorkspaceRefusal(`"${folder}" is not empty`);
  const gitDir = await mkdtemp(join(dirname(folder), '.checkout-'));
  try {
    await initRepository(gitDir);
    await unbundle(gitDir, bundleFile);
    await writeFolder(folder, await filesOfCommit(gitDir, commit));
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
