/** A tool that answers as it is recorded. What it is called and what it is told stays as it is today. */
import type { Tool, ToolOutcome } from '../tool.ts';
import { RecordEnds, type Recording } from './recording.ts';

export function recordedTool(tool: Tool, recording: Recording): Tool {
  const answer = async () => outcomeOf(recording);
  return { ...tool, run: answer, resume: answer };
}

function outcomeOf({ next }: Recording): ToolOutcome {
  switch (next?.type) {
    case 'result':
      return { kind: 'result', content: next.content, failed: next.failed };
    case 'parked':
      return { kind: 'wait', condition: next.condition };
    case 'finished': {
      const { outcome } = next.final;
      if (outcome.status === 'done') return { kind: 'final', content: 'as recorded', result: outcome.result };
      throw new RecordEnds();
    }
    default:
      throw new RecordEnds();
  }
}
