/** Tools of a small world. */
import { samplePlan } from '@modelwright/llm/testing';
import { z } from 'zod';
import { NOTE, noteArguments } from '../core/notes.ts';
import { defineTool, failed, succeeded, type Tool } from '../tool.ts';

/** What they change. */
export interface WorldOfTools {
  readonly lines: string[];
  readonly ended: ReadonlySet<string>;
  start(job: string): Promise<void>;
}

export function worldTools(world: WorldOfTools): Tool[] {
  return [start(world), ...waiting(world), ...writing(world), ...talking(), submit(world)];
}

function start(world: WorldOfTools): Tool {
  return defineTool({
    name: 'start',
    description: 'Starts a job.',
    args: z.object({}),
    run: async (_args, { jobId }) => {
      await world.start(jobId);
      return succeeded(jobId);
    },
  });
}

function waiting({ ended }: WorldOfTools): Tool[] {
  const look = (jobs: readonly string[], said: string) =>
    jobs.every((job) => ended.has(job))
      ? succeeded(`${said}: ${jobs.join(' ')}`)
      : { kind: 'wait' as const, condition: { jobs: [...jobs], until: null } };
  return [
    defineTool({
      name: 'wait',
      description: 'Waits for jobs.',
      args: z.object({ jobs: z.array(z.string()).min(1) }),
      run: ({ jobs }) => Promise.resolve(look(jobs, 'had ended')),
      resume: ({ jobs }) => Promise.resolve(look(jobs, 'have ended')),
    }),
    defineTool({
      name: 'watch',
      description: 'Looks at what changes by itself.',
      polls: true,
      args: z.object({}),
      run: () => Promise.resolve(succeeded('no change')),
    }),
  ];
}

function writing(world: WorldOfTools): Tool[] {
  return [
    defineTool({
      name: 'append',
      description: 'Appends a line. Done twice it would show.',
      args: z.object({ line: z.string() }),
      run: ({ line }) => {
        world.lines.push(line);
        return Promise.resolve(succeeded(`${world.lines.length} lines`));
      },
    }),
    defineTool({
      name: 'fail',
      description: 'Fails.',
      args: z.object({ why: z.string().default('as asked') }),
      run: ({ why }) => Promise.resolve(failed(why)),
    }),
  ];
}

function talking(): Tool[] {
  return [
    defineTool({
      name: 'recite',
      description: 'Answers at length.',
      args: z.object({ characters: z.int(), of: z.string().default('a') }),
      run: ({ characters, of }) => Promise.resolve(succeeded(of.repeat(characters))),
    }),
    defineTool({
      name: NOTE,
      description: 'Notes something.',
      args: noteArguments,
      run: () => Promise.resolve(succeeded('Noted.')),
    }),
  ];
}

function submit(world: WorldOfTools): Tool {
  return defineTool({
    name: 'submit',
    description: 'Ends the work.',
    ends: true,
    args: z.object({}),
    run: () => {
      const plan = { ...samplePlan, summary: world.lines.join('|') };
      return Promise.resolve({
        kind: 'final' as const,
        content: 'submitted',
        result: { role: 'designer' as const, plans: [plan] },
      });
    },
  });
}
