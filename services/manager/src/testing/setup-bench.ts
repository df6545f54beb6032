/** The setup agent on a real server with the real harness, and folders given to it. */
import { join } from 'node:path';
import type { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import type { Assignment, AssignmentFinished } from '@modelwright/contracts';
import { sandboxedLaunch } from '@modelwright/harness';
import type { Model } from '@modelwright/llm';
import { findPython } from '../../../../bootstrap/toolchain.mjs';
import { createHarness } from '../adapters/harness.ts';
import { createScratch } from '../adapters/scratch.ts';
import { setupAgent } from '../agents/setup/setup-agent.ts';

export function pythonForTests(): string {
  const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;
  if (python === undefined) throw new Error('There is no Python environment. Make one: npm run setup');
  return python;
}

export function serveSetup(farm: TestFarm, bench: AgentBench, model: Model): void {
  const python = pythonForTests();
  const harness = createHarness({ python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) });
  const scratch = createScratch(join(farm.folder.path, 'home'));
  bench.serve(setupAgent({ store: farm.bus.store, harness, scratch }), model);
}

export interface Given {
  readonly run: string;
  /** On this host. */
  readonly folder: string;
  readonly limits?: Partial<Assignment['grant']>;
}

export async function assignSetup(
  farm: TestFarm,
  bench: AgentBench,
  { run, folder, limits = {} }: Given,
): Promise<AssignmentFinished> {
  const { kind, store, sha256, size } = await farm.bus.store.putTree('truth', folder);
  const assignment: Assignment = {
    id: `${run}_run_setup_${crypto.randomUUID().slice(0, 8)}`,
    run,
    candidate: 'run',
    seed: 3,
    grant: { turns: 20, microUsd: 0, tokens: null, deadline: Date.now() + 600_000, ...limits },
    player: { kind: 'playbook', clumsy: false },
    work: { role: 'setup', task: null, source: { kind, store, sha256, size }, seed: 5 },
  };
  return await bench.actor.assign(assignment);
}
