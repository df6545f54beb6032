/**
 * A candidate's files, and the git directory that keeps their history beside them.
 *
 * Only this process writes here, and git never looks into the work tree: a commit reads the files itself and streams them.
 * Whatever the last commit is, the folder can be put back to it.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { CANDIDATE_BOUNDS } from './bounds.ts';
import { filesOfCommit, unbundle } from './commit-files.ts';
import { commitStream } from './commit-stream.ts';
import { fingerprintOf } from './fingerprint.ts';
import { listFolder, readFolder, type StoredFile, writeFolder } from './folder.ts';
import { BRANCH, git, initRepository } from './git.ts';
import { resolveInside } from './safe-path.ts';
import { type Reading, textOf, type Writing, writeWhole } from './text-file.ts';

export interface WorkTreeFolders {
  readonly gitDir: string;
  readonly workTree: string;
}

export interface WorkTree {
  readonly folder: string;
  /** The last commit; null before `create` or `checkout`. */
  head(): string | null;
  /** Starts a history: the files of `template` as its first commit. */
  create(template: string, at: number): Promise<string>;
  /** Replaces the content by a commit of a bundle, with its history. */
  checkout(bundleFile: string, commit: string): Promise<void>;
  /** Commits what the folder holds; when nothing changed, the last commit again. */
  commit(message: string, at: number): Promise<string>;
  /** Writes the last commit and its history to a file. */
  bundle(file: string): Promise<void>;
  listFiles(): Promise<Array<{ path: string; bytes: number }>>;
  readText(path: string): Promise<Reading>;
  /** Whole or not at all; folders on the way are made. */
  writeText(path: string, content: string): Promise<Writing>;
}

/** Opens a work tree on two folders, neither within the other; both are made when they are not there. */
export async function openWorkTree(folders: WorkTreeFolders): Promise<WorkTree> {
  await mkdir(folders.workTree, { recursive: true });
  await mkdir(folders.gitDir, { recursive: true });
  await initRepository(folders.gitDir);
  return new GitWorkTree(folders);
}

class GitWorkTree implements WorkTree {
  readonly folder: string;
  readonly #gitDir: string;
  /** Where the branch stands; null when it does not exist. */
  #branch: string | null = null;
  #head: { commit: string; fingerprint: string } | null = null;

  constructor(folders: WorkTreeFolders) {
    this.folder = folders.workTree;
    this.#gitDir = folders.gitDir;
  }

  head(): string | null {
    return this.#head?.commit ?? null;
  }

  async create(template: string, at: number): Promise<string> {
    await this.#replaceBy(await readFolder(template, CANDIDATE_BOUNDS));
    this.#head = null;
    return this.commit('Start from the template', at);
  }

  async checkout(bundleFile: string, commit: string): Promise<void> {
    await unbundle(this.#gitDir, bundleFile);
    const files = await filesOfCommit(this.#gitDir, commit);
    await this.#replaceBy(files);
    this.#head = { commit, fingerprint: fingerprintOf(files) };
  }

  async commit(message: string, at: number): Promise<string> {
    const files = await readFolder(this.folder, CANDIDATE_BOUNDS);
    const fingerprint = fingerprintOf(files);
    if (this.#head?.fingerprint === fingerprint) return this.#head.commit;
    const parent = this.#head?.commit ?? null;
    const printed = await git(this.#gitDir, ['fast-import', '--quiet', '--force', '--date-format=raw'], {
      stdin: commitStream({ files, parent, message, at }),
      maxOutputBytes: 4096,
    });
    const commit = printed.toString('latin1').trim();
    this.#head = { commit, fingerprint };
    this.#branch = commit;
    return commit;
  }

  async bundle(file: string): Promise<void> {
    const commit = this.head();
    if (commit === null) throw new Error('there is no commit to bundle');
    if (this.#branch !== commit)
      await git(this.#gitDir, ['update-ref', BRANCH, commit], { maxOutputBytes: 4096 });
    this.#branch = commit;
    await git(this.#gitDir, ['bundle', 'create', '--quiet', file, 'HEAD', BRANCH], { maxOutputBytes: 4096 });
  }

  listFiles(): Promise<Array<{ path: string; bytes: number }>> {
    return listFolder(this.folder);
  }

  async readText(path: string): Promise<Reading> {
    const place = await resolveInside(this.folder, path);
    if (place.kind === 'refused') return place;
    const bytes = await readFile(place.absolute).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
      throw error;
    });
    if (bytes === null) return { kind: 'refused', reason: `there is no file "${path}"` };
    return textOf(path, bytes);
  }

  async writeText(path: string, content: string): Promise<Writing> {
    const place = await resolveInside(this.folder, path);
    if (place.kind === 'refused') return place;
    const bytes = Buffer.byteLength(content);
    if (!content.isWellFormed()) return { kind: 'refused', reason: 'the content is not valid Unicode' };
    if (bytes > CANDIDATE_BOUNDS.bytesPerFile) {
      return {
        kind: 'refused',
        reason: `"${path}" would have ${bytes} bytes; at most ${CANDIDATE_BOUNDS.bytesPerFile}`,
      };
    }
    return await writeWhole(place.absolute, path, content);
  }

  async #replaceBy(files: readonly StoredFile[]): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await writeFolder(this.folder, files);
  }
}
