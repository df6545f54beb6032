import { failed, type ToolOutcome } from '@modelwright/agent';
import { PermanentFailure } from '@modelwright/bus';

/** What will fail again with the same arguments is an answer: the agent can try others. */
export async function orFailed(tool: string, work: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return failed(`${tool}: ${error.message}`);
  }
}
