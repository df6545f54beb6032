/** Tools that are one job: submitted, waited for without holding a slot, then told. */
import { type Call, defineTool, type Tool, type ToolOutcome, type ToolResult } from '@modelwright/agent';
import type { Job, JobOutcome } from '@modelwright/contracts';
import type { z } from 'zod';
import type { JobDesk } from './job-desk.ts';

export interface JobToolDefinition<Args extends z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly args: Args;
  readonly jobs: JobDesk;
  /** Its id is the call's `jobId`. A result instead of a job says why there is none. */
  job(args: z.output<Args>, call: Call): Promise<Job | ToolResult>;
  tell(outcome: JobOutcome, args: z.output<Args>, call: Call): Promise<ToolOutcome>;
}

export function defineJobTool<Args extends z.ZodType>(definition: JobToolDefinition<Args>): Tool {
  const { name, description, args, jobs } = definition;
  return defineTool({
    name,
    description,
    args,
    run: async (asked, call) => {
      const job = await definition.job(asked, call);
      if ('kind' in job) return job;
      await jobs.submit(job);
      return waitFor(call.jobId);
    },
    resume: async (asked, call) => {
      const outcome = await jobs.outcome(call.jobId);
      return outcome === null ? waitFor(call.jobId) : await definition.tell(outcome, asked, call);
    },
  });
}

export function waitFor(job: string): ToolOutcome {
  return { kind: 'wait', condition: { jobs: [job], until: null } };
}
