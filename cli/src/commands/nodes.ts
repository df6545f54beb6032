/** `modelwright nodes`: the hosts that execute programs, their GPUs, and what waits; and what a person wants of them. */
import type { RunnerControl } from '@modelwright/contracts';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { nodeOnce, orderRunner, readNodes, readQueue, releaseAccelerator } from '../adapters/nodes.ts';
import { namedAccelerator, namedNode } from '../core/nodes/named.ts';
import { nodesLines } from '../core/nodes/nodes-text.ts';
import { waitingJobs } from '../core/nodes/waiting.ts';
import type { Output } from '../core/output.ts';
import { countText } from '../core/text/quantity.ts';
import { type Context, withExamples } from './context.ts';

export function nodesCommand(context: Context): Command {
  const command = new Command('nodes')
    .summary('show the hosts that execute programs')
    .description(
      'Shows the hosts that execute programs: their GPUs, what runs on them, and why a job waits. Also drains a host, and releases a GPU from its quarantine.',
    )
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: true }) => await show(context, context.output(options)));
  command.addCommand(drainCommand(context));
  command.addCommand(resumeCommand(context));
  command.addCommand(releaseCommand(context));
  return withExamples(
    command,
    ['modelwright nodes', 'hosts, GPUs, jobs'],
    ['modelwright nodes --json', 'for programs'],
    ['modelwright nodes drain gpu-7', 'finish what runs there, take nothing more'],
    ['modelwright nodes drain gpu-7 --hand-over', 'save, and go on elsewhere at once'],
    ['modelwright nodes resume gpu-7', 'take jobs again'],
    ['modelwright nodes release GPU-5d5ba0d6', 'a quarantined GPU has been looked at'],
  );
}

async function show(context: Context, output: Output): Promise<void> {
  const { nodes, queue } = await withBus(context.config, async (bus) => ({
    nodes: await readNodes(bus),
    queue: await readQueue(bus),
  }));
  const waiting = waitingJobs(queue.jobs ?? [], nodes);
  for (const node of nodes) output.record({ type: 'node', ...node });
  for (const { job, since, reason } of waiting) {
    const { id, class: klass, priority, accelerators } = job;
    output.record({ type: 'waiting', job: id, class: klass, priority, accelerators, since, reason });
  }
  if (output.mode === 'json') return;
  if (nodes.length === 0) output.say('no runner is known here; modelwright up starts one');
  else output.say(...nodesLines(nodes, waiting, Date.now()));
  if (queue.jobs === null)
    output.say('', `${countText(queue.count, 'job')} in the queue: too many to be named`);
}

function drainCommand(context: Context): Command {
  return new Command('drain')
    .summary('take no more jobs on a host')
    .description(
      'Has a runner take no more jobs. What runs there comes to its end, or is saved and goes on elsewhere.',
    )
    .argument('<runner>', 'its name, or its host')
    .option('--hand-over', 'ask what runs there to save now, and go on elsewhere')
    .option('--reason <words>', 'shown while it is drained')
    .action(async (named: string, options: { handOver?: true; reason?: string }) => {
      const desired = options.handOver === true ? 'hand-over' : 'finish';
      await order(context, named, { desired, reason: options.reason ?? '' });
    });
}

function resumeCommand(context: Context): Command {
  return new Command('resume')
    .summary('take jobs on a host again')
    .description('Has a drained runner take jobs again.')
    .argument('<runner>', 'its name, or its host')
    .action(async (named: string) => await order(context, named, { desired: 'take', reason: '' }));
}

async function order(
  context: Context,
  named: string,
  wanted: Pick<RunnerControl, 'desired' | 'reason'>,
): Promise<void> {
  const output = context.output({});
  await withBus(context.config, async (bus) => {
    const { name } = namedNode(await readNodes(bus), named);
    await orderRunner(bus, { runner: name, ...wanted });
    const drained = wanted.desired !== 'take';
    const node = await nodeOnce(bus, name, (one) => (one.state === 'drained') === drained);
    if (node === null)
      output.warn(`runner ${name} has not answered; it will do so when it can be reached again`);
    else if (!drained) output.say(`runner ${name} takes jobs again`);
    else output.say(`runner ${name} takes no more jobs; ${countText(node.jobs.length, 'job')} still there`);
  });
}

function releaseCommand(context: Context): Command {
  return new Command('release')
    .summary('use a quarantined GPU again')
    .description('Says that a person has looked at a quarantined GPU: it is given to jobs again.')
    .argument('<uuid>', 'what nodes calls it, or enough of the beginning')
    .option('--reason <words>', 'kept with the order', 'released by the user')
    .action(async (named: string, options: { reason: string }) => {
      const output = context.output({});
      await withBus(context.config, async (bus) => {
        const { node, uuid, those } = namedAccelerator(await readNodes(bus), named);
        if (those.every((one) => one.state !== 'quarantined')) {
          output.say(`${uuid} on ${node.host} is not quarantined`);
          return;
        }
        await releaseAccelerator(bus, uuid, options.reason);
        const after = await nodeOnce(bus, node.name, ({ accelerators }) =>
          accelerators.every(
            (one) => (one.uuid !== uuid && one.parent !== uuid) || one.state !== 'quarantined',
          ),
        );
        if (after === null)
          output.warn(`runner ${node.name} has not answered; it will do so when it can be reached again`);
        else output.say(`${uuid} on ${node.host} is given to jobs again`);
      });
    });
}
