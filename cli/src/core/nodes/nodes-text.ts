/** `modelwright nodes` on a terminal: the hosts, their GPUs with what runs on them, and what waits and why. */
import type { Accelerator } from '@modelwright/contracts';
import { type Column, columnsText } from '../text/columns.ts';
import { durationText } from '../text/quantity.ts';
import { harmless, oneLine } from '../text/shorten.ts';
import type { NodeView } from './node.ts';
import { type WaitingJob, wishText } from './waiting.ts';

const NODE_COLUMNS: readonly Column[] = [
  { title: 'runner' },
  { title: 'host' },
  { title: 'state' },
  { title: 'up', align: 'right' },
  { title: 'slots', align: 'right' },
  { title: 'GPUs', align: 'right' },
  { title: 'takes' },
  { title: 'isolation' },
];

export function nodesLines(
  nodes: readonly NodeView[],
  waiting: readonly WaitingJob[],
  now: number,
): string[] {
  return [
    ...columnsText(NODE_COLUMNS, nodes.map(nodeCells)),
    ...nodes.flatMap(detailLines),
    ...(waiting.length === 0 ? [] : ['', ...waitingLines(waiting, now)]),
  ];
}

function nodeCells(node: NodeView): string[] {
  const { accelerators } = node;
  const inUse = accelerators.filter((one) => one.state === 'busy').length;
  return [
    node.name,
    node.host,
    node.state,
    durationText(node.upSeconds * 1000),
    `${node.busy}/${node.slots}`,
    accelerators.length === 0 ? '-' : `${inUse}/${accelerators.length}`,
    node.classes.join(' '),
    `${node.executor}, ${node.isolation}`,
  ];
}

/** What a line cannot hold: the GPUs, the programs that use none, why nothing is taken. */
function detailLines(node: NodeView): string[] {
  const onGpus = new Set(node.accelerators.flatMap((one) => one.jobs));
  const others = node.jobs.filter((job) => !onGpus.has(job));
  const lines = [
    ...(node.note === '' ? [] : [`  ${harmless(node.note)}`]),
    ...(node.reservedFor === null ? [] : [`  first in line: ${node.reservedFor}`]),
    ...gpuLines(node.accelerators),
    ...(others.length === 0 ? [] : [`  on processors: ${others.join(', ')}`]),
  ];
  return lines.length === 0 ? [] : ['', node.name, ...lines];
}

const GPU_COLUMNS: readonly Column[] = [
  { title: 'GPU', align: 'right' },
  { title: 'model' },
  { title: 'memory', align: 'right' },
  { title: 'state' },
  { title: '' },
];

function gpuLines(accelerators: readonly Accelerator[]): string[] {
  if (accelerators.length === 0) return [];
  const rows = accelerators.map((one) => [
    String(one.index),
    one.model,
    `${Math.round(one.memoryBytes / 2 ** 30)} GiB`,
    one.state,
    one.state === 'busy' && one.jobs.length > 0 ? one.jobs.join(', ') : harmless(one.reason),
  ]);
  const remedies = accelerators
    .filter((one) => one.state === 'quarantined' && !one.reason.startsWith('for now: '))
    .map((one) => `  When GPU ${one.index} is mended: modelwright nodes release ${one.uuid}`);
  return [...columnsText(GPU_COLUMNS, rows).map((line) => `  ${line}`), ...remedies];
}

const WAITING_COLUMNS: readonly Column[] = [
  { title: 'job' },
  { title: 'class' },
  { title: 'priority' },
  { title: 'needs' },
  { title: 'since', align: 'right' },
  { title: 'why it waits' },
];
const LONGEST_REASON = 160;

function waitingLines(waiting: readonly WaitingJob[], now: number): string[] {
  const rows = waiting.map(({ job, since, reason }) => [
    job.id,
    job.class,
    job.priority,
    job.accelerators === null ? '' : wishText(job.accelerators),
    durationText(now - since),
    oneLine(reason, LONGEST_REASON),
  ]);
  return columnsText(WAITING_COLUMNS, rows);
}
