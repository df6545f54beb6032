/**
 * The files of a candidate while an agent works on it: a work tree whose versions are stored as bundles.
 *
 * Nothing is fetched or checked out before a tool opens the files: an agent that only looks at its jobs never pays for them.
 */
import { join } from 'node:path';
import type { WorkTree } from '@modelwright/agent';
import type { ContentStore } from '@modelwright/bus';
import type { TreeRef, Version } from '@modelwright/contracts';
import { type WorkTree as GitTree, openWorkTree, WorkspaceRefusal } from '@modelwright/workspace';

/** What an assignment starts from. */
export type Beginning =
  | { readonly kind: 'template'; readonly folder: string }
  | { readonly kind: 'version'; readonly version: Version };

export class CandidateTree implements WorkTree {
  readonly #store: ContentStore;
  readonly #folder: string;
  readonly #beginning: Beginning;
  /** What the next saved version has beside its files; it goes back with them. */
  #chosen: Omit<Version, 'commit' | 'bundle'> = {};
  /** What the files are to be when they are opened; `version` is null for the first commit of a template. */
  #wanted: { readonly version: Version | null; readonly at: number } | null = null;
  #tree: GitTree | null = null;
  /** The files lie there as wanted, or as tools have changed them since. */
  #open = false;

  constructor(store: ContentStore, folder: string, beginning: Beginning) {
    this.#store = store;
    this.#folder = folder;
    this.#beginning = beginning;
  }

  restore(version: Version | null, at: number): Promise<void> {
    const first = this.#beginning.kind === 'version' ? this.#beginning.version : null;
    this.#wanted = { version: version ?? first, at };
    this.#chosen = chosenIn(this.#wanted.version);
    this.#open = false;
    return Promise.resolve();
  }

  /** Undefined: the runner's own. */
  get environment(): Version['environment'] {
    return this.#chosen.environment;
  }

  /** From the next version on, the candidate's programs run in this environment. */
  runIn(environment: NonNullable<Version['environment']>): void {
    this.#chosen = { ...this.#chosen, environment };
  }

  /** What `derive.py` made of the training data; undefined: nothing. */
  get derived(): TreeRef | undefined {
    return this.#chosen.derived;
  }

  /** From the next version on, the candidate's trainings find this beside the data; null: nothing any more. */
  trainWith(derived: TreeRef | null): void {
    const { derived: _, ...others } = this.#chosen;
    this.#chosen = derived === null ? others : { ...others, derived };
  }

  /** The files, for tools. The loop has said by `restore` what they are, before any tool runs. */
  async files(): Promise<GitTree> {
    this.#tree ??= await openWorkTree({
      gitDir: join(this.#folder, 'git'),
      workTree: join(this.#folder, 'tree'),
    });
    if (!this.#open) await this.#checkout(this.#tree);
    this.#open = true;
    return this.#tree;
  }

  async save(
    message: string,
    at: number,
  ): Promise<{ kind: 'saved'; version: Version } | { kind: 'refused'; reason: string }> {
    const recorded = this.#wanted?.version ?? null;
    if (!this.#open && recorded !== null) return { kind: 'saved', version: this.#asChosen(recorded) };
    const files = await this.files();
    try {
      const commit = await files.commit(message, at);
      const bundled = commit === recorded?.commit ? recorded : await this.#bundled(files, commit);
      const version = this.#asChosen(bundled);
      this.#wanted = { version, at };
      return { kind: 'saved', version };
    } catch (error) {
      if (!(error instanceof WorkspaceRefusal)) throw error;
      this.#open = false;
      this.#chosen = chosenIn(recorded);
      return { kind: 'refused', reason: error.message };
    }
  }

  #asChosen({ commit, bundle }: Version): Version {
    return { commit, bundle, ...this.#chosen };
  }

  async #checkout(tree: GitTree): Promise<void> {
    if (this.#wanted === null) throw new Error('the files were opened before it was said what they are');
    const { version, at } = this.#wanted;
    if (version !== null) {
      const file = join(this.#folder, 'from.bundle');
      await this.#store.getFile(version.bundle, file);
      await tree.checkout(file, version.commit);
    } else if (this.#beginning.kind === 'template') {
      await tree.create(this.#beginning.folder, at);
    }
  }

  async #bundled(files: GitTree, commit: string): Promise<Version> {
    const file = join(this.#folder, 'to.bundle');
    await files.bundle(file);
    return { commit, bundle: await this.#store.putFile('workspaces', file) };
  }
}

function chosenIn(version: Version | null): Omit<Version, 'commit' | 'bundle'> {
  if (version === null) return {};
  const { commit: _, bundle: __, ...chosen } = version;
  return chosen;
}
