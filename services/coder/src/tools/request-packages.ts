/**
 * An environment of the candidate's own. Two jobs: the first says what the runner's own environment has, so that the new one
 * holds the same beside what is asked for; the second is executed in the new one, and tries to import it.
 */
import { type Call, defineTool, failed, succeeded, type Tool, type ToolOutcome } from '@modelwright/agent';
import {
  agentJob,
  type Environment,
  programCommand,
  smallFile,
  storePrograms,
  waitFor,
  withPrograms,
} from '@modelwright/agent-host';
import type { JobOutcome } from '@modelwright/contracts';
import { z } from 'zod';
import type { CoderSeat } from '../coder.ts';
import { environmentText, notAllowed, pinnedPackage, withPackages } from '../core/package-pins.ts';

const WALL_SECONDS = 300;
const REQUIREMENTS = 'requirements.txt';

const args = z.object({
  packages: z
    .array(pinnedPackage)
    .min(1)
    .max(20)
    .describe('each as name==version, such as lightgbm==4.6.0; only wheels are installed'),
});

const assetsFile = z.object({ packages: z.record(z.string(), z.string()) });
const importsFile = z.record(
  z.string(),
  z.object({ version: z.string().nullable(), modules: z.array(z.string()), problem: z.string().nullable() }),
);

export function requestPackages(seat: CoderSeat): Tool {
  return defineTool({
    name: 'request_packages',
    description:
      'Gives the candidate an environment of its own, with these packages beside those of requirements.txt, and tries to import them. From then on its check, its trainings and its inference run in that environment, and requirements.txt names them. ' +
      'Takes minutes the first time. Ask only for what the plan cannot do without: list_assets says what is there already. Run check_candidate again afterwards.',
    args,
    run: async ({ packages }, call) => {
      const refused = notAllowed(packages, seat.work.constraints?.packages);
      if (refused.length > 0) {
        return failed(`request_packages: the task does not allow ${refused.join(', ')}`);
      }
      await submitListing(seat, call);
      return waitFor(call.jobId);
    },
    resume: async ({ packages }, call) => {
      const listed = await seat.jobs.outcome(call.jobId);
      if (listed === null) return waitFor(call.jobId);
      const base = await fileIn(seat, listed, 'assets.json', assetsFile);
      if (base === null) return failed(`request_packages: ${explained(listed)}`);
      const requirements = await requirementsOf(seat);
      const before = seat.tree.environment?.kind === 'requirements' ? seat.tree.environment.text : null;
      const text = environmentText({ requirements, base: base.packages, before, asked: packages });
      return tryIn(seat, { kind: 'requirements', text }, { call, packages });
    },
  });
}

async function submitListing({ assignment, cpus, jobs, store }: CoderSeat, { jobId }: Call): Promise<void> {
  const programs = await storePrograms(store);
  const job = agentJob(assignment, cpus, {
    id: jobId,
    purpose: 'analysis',
    priority: 'high',
    code: { kind: 'tree', tree: programs },
    command: programCommand('list_assets', []),
    inputs: withPrograms(programs),
    data: null,
    wallSeconds: WALL_SECONDS,
  });
  await jobs.submit(job);
}

interface Request {
  readonly call: Call;
  readonly packages: readonly string[];
}

async function tryIn(
  seat: CoderSeat,
  environment: Environment,
  { call, packages }: Request,
): Promise<ToolOutcome> {
  const { assignment, cpus, jobs, store, tree } = seat;
  const id = `${call.jobId}_new`;
  const tried = await jobs.outcome(id);
  if (tried === null) {
    const programs = await storePrograms(store);
    const job = agentJob(assignment, cpus, {
      id,
      purpose: 'environment',
      priority: 'normal',
      code: { kind: 'tree', tree: programs },
      environment,
      command: programCommand('try_imports', packages.map(nameOf)),
      inputs: withPrograms(programs),
      data: null,
      wallSeconds: WALL_SECONDS,
    });
    await jobs.submit(job);
    return waitFor(id);
  }
  const imports = await fileIn(seat, tried, 'imports.json', importsFile);
  if (imports === null) return failed(`request_packages: ${explained(tried)}`);
  const problems = Object.entries(imports).flatMap(([name, { problem }]) =>
    problem === null ? [] : [`${name}: ${problem}`],
  );
  if (problems.length > 0) return failed(`request_packages: ${problems.join('\n')}`);
  const files = await tree.files();
  const written = await files.writeText(REQUIREMENTS, withPackages(await requirementsOf(seat), packages));
  if (written.kind === 'refused') return failed(`request_packages: ${written.reason}`);
  tree.runIn(environment);
  const imported = Object.entries(imports).map(
    ([name, { version, modules }]) => `${name} ${version} (import ${modules.join(', ') || 'nothing'})`,
  );
  return succeeded(
    `The candidate now runs in an environment of its own, with ${imported.join('; ')}. ${REQUIREMENTS} names them.`,
  );
}

async function requirementsOf({ tree }: CoderSeat): Promise<string> {
  const reading = await (await tree.files()).readText(REQUIREMENTS);
  return reading.kind === 'text' ? reading.text : '';
}

/** Null for what is not there, or not what was expected. */
async function fileIn<Schema extends z.ZodType>(
  { store }: CoderSeat,
  { output }: JobOutcome,
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const text = output === null ? null : await smallFile(store, output, path);
  return text === null ? null : schema.parse(JSON.parse(text));
}

function explained({ end, reason, stderrTail }: JobOutcome): string {
  return `${end}: ${reason}${stderrTail === '' ? '' : `\n${stderrTail.slice(-2000)}`}`;
}

const nameOf = (pin: string) => pin.slice(0, pin.indexOf('=='));
