/** Content that no candidate may hold or that no folder may receive: a link, an unsafe name, too much of it. */
export class WorkspaceRefusal extends Error {
  override readonly name = 'WorkspaceRefusal';
}
