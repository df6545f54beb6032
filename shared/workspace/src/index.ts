/** Candidates as git repositories that generated code cannot reach into. */
export { type Bounds, CANDIDATE_BOUNDS } from './bounds.ts';
export { checkoutBundle } from './checkout-bundle.ts';
export { blendTemplateFolder, deliverableFolder, templateFolder } from './folders.ts';
export { GitFailure } from './git.ts';
export { WorkspaceRefusal } from './refusal.ts';
export { pathObjection, resolveInside } from './safe-path.ts';
export type { Reading, Writing } from './text-file.ts';
export { openWorkTree, type WorkTree, type WorkTreeFolders } from './work-tree.ts';
