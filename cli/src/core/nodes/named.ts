/** Which runner or accelerator a user means. */
import type { Accelerator } from '@modelwright/contracts';
import { nearest } from '@modelwright/yaml-file';
import { badInput } from '../problem.ts';
import type { NodeView } from './node.ts';

/** By its name, or by its host's where one runner is there. */
export function namedNode(nodes: readonly NodeView[], named: string): NodeView {
  const byName = nodes.find((node) => node.name === named);
  const byHost = nodes.filter((node) => node.host === named);
  const [only, another] = byHost;
  const found = byName ?? (another === undefined ? only : undefined);
  if (found !== undefined) return found;
  throw badInput({
    message: `no runner is called "${named}"`,
    remedy: hint(
      named,
      nodes.map((node) => node.name),
    ),
  });
}

export interface NamedAccelerator {
  readonly node: NodeView;
  /** As its vendor calls it; of a GPU that is cut into slices, the GPU. */
  readonly uuid: string;
  readonly those: readonly Accelerator[];
}

/** By the vendor's name for it, or enough of its beginning; a GPU in slices stands for all of them. */
export function namedAccelerator(nodes: readonly NodeView[], named: string): NamedAccelerator {
  const all = nodes.flatMap((node) => node.accelerators.map((one) => ({ node, one })));
  const names = [
    ...new Set(all.flatMap(({ one }) => [one.uuid, ...(one.parent === null ? [] : [one.parent])])),
  ];
  const matches = names.includes(named) ? [named] : names.filter((name) => name.startsWith(named));
  const [uuid, another] = matches;
  if (uuid === undefined) {
    throw badInput({ message: `no host has an accelerator "${named}"`, remedy: hint(named, names) });
  }
  if (another !== undefined) {
    throw badInput({
      message: `"${named}" may be any of ${matches.join(', ')}`,
      remedy: 'Write more of it.',
    });
  }
  const those = all.filter(({ one }) => one.uuid === uuid || one.parent === uuid);
  const [first] = those;
  if (first === undefined) throw new Error(`${uuid} is of no host`);
  return { node: first.node, uuid, those: those.map(({ one }) => one) };
}

function hint(named: string, names: readonly string[]): string {
  const near = nearest(named, names);
  return near === null ? 'modelwright nodes names them all.' : `Did you mean ${near}?`;
}
