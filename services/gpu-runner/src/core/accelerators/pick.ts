/**
 * Which accelerators a job gets: all that it asks for, on this host and at once, or none.
 *
 * The smallest that are large enough, so that the large ones stay for who needs them; near each other, on one memory
 * node, where that is possible; a node is filled before another one is begun. Who shares joins others that share.
 */
import type { JobAccelerators } from '@modelwright/contracts';
import type { Book, Entry } from './book.ts';

/** How many jobs share one accelerator at most: beyond that each is slower than alone, one after the other. */
export const MOST_SHARERS = 4;

export type Picked =
  | { readonly kind: 'picked'; readonly uuids: readonly string[] }
  /** When what holds them has ended. `strangers`: it is not for this runner's jobs alone to make room. */
  | { readonly kind: 'not-now'; readonly reason: string; readonly strangers?: true }
  /** This host does not have them at all, or not until a person has released them. */
  | { readonly kind: 'never'; readonly reason: string };

export function pick(book: Book, request: JobAccelerators): Picked {
  const suitable = book.entries.filter((entry) => suits(entry, request));
  if (suitable.length < request.count) {
    return { kind: 'never', reason: `this host has ${suitable.length} ${wish(request)}` };
  }
  // Nobody knows when a person looks at them: who waited for that as the first in line would close the host for all.
  const well = suitable.filter((entry) => entry.quarantine === null);
  if (well.length < request.count) {
    return {
      kind: 'never',
      reason: `${well.length} of the ${suitable.length} ${wish(request)} are not in quarantine`,
    };
  }
  if (book.suspended !== null) return { kind: 'not-now', reason: book.suspended };
  const open = suitable.filter((entry) => isOpen(entry, request));
  if (open.length < request.count) {
    const strangers = well.filter((entry) => entry.elsewhere === null).length < request.count;
    const reason = whyNot(suitable, open.length, request);
    return { kind: 'not-now', reason, ...(strangers ? { strangers } : {}) };
  }
  const node = bestNode(open, request);
  return { kind: 'picked', uuids: node.slice(0, request.count).map((entry) => entry.found.uuid) };
}

/** Large enough and of the right kind, whoever holds it. A program can use one slice of a GPU, never several. */
function suits({ found }: Entry, { count, memoryBytes }: JobAccelerators): boolean {
  return found.memoryBytes >= (memoryBytes ?? 0) && (count === 1 || found.parent === null);
}

function isOpen({ found, holdings, quarantine, elsewhere }: Entry, request: JobAccelerators): boolean {
  if (quarantine !== null || elsewhere !== null) return false;
  if (holdings.length === 0) return true;
  if (!request.shared || holdings.length >= MOST_SHARERS) return false;
  const taken = holdings.reduce((sum, holding) => sum + holding.memoryBytes, 0);
  return holdings.every((one) => one.shared) && taken + (request.memoryBytes ?? 0) <= found.memoryBytes;
}

/** The open ones in the order to take them in: of one memory node where one has enough, else of all. */
function bestNode(open: readonly Entry[], { count }: JobAccelerators): Entry[] {
  const nodes = Map.groupBy(open, (entry) => entry.found.numaNode);
  const large = [...nodes.values()].filter((node) => node.length >= count).map(inOrder);
  const sets = large.length > 0 ? large : [inOrder(open)];
  const [best = []] = sets.toSorted((a, b) => compare(costOf(a, count), costOf(b, count)));
  return best;
}

/** Shared ones first, then the smallest, then by index. */
function inOrder(entries: readonly Entry[]): Entry[] {
  const key = ({ holdings, found }: Entry) => [-holdings.length, found.memoryBytes, found.index];
  return entries.toSorted((a, b) => compare(key(a), key(b)));
}

/** Of taking the first `count`: memory that is occupied, open ones that are left over, the first index. */
function costOf(node: readonly Entry[], count: number): number[] {
  const taken = node.slice(0, count);
  const memory = taken.reduce(
    (sum, { holdings, found }) => sum + (holdings.length > 0 ? 0 : found.memoryBytes),
    0,
  );
  return [memory, node.length - count, taken[0]?.found.index ?? 0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function whyNot(suitable: readonly Entry[], open: number, request: JobAccelerators): string {
  const sick = suitable.filter((entry) => entry.quarantine !== null).length;
  const busy = suitable.length - open - sick;
  const parts = [
    `${open} free`,
    ...(busy > 0 ? [`${busy} in use`] : []),
    ...(sick > 0 ? [`${sick} quarantined`] : []),
  ];
  return `it needs ${request.count} of the ${suitable.length} ${wish(request)}: ${parts.join(', ')}`;
}

function wish({ count, memoryBytes }: JobAccelerators): string {
  const size = memoryBytes === null ? '' : ` with ${Math.ceil(memoryBytes / 2 ** 30)} GiB or more`;
  return `${count === 1 ? 'accelerators' : 'whole accelerators'}${size}`;
}
