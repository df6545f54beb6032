import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';

export function readDiagnosis(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_diagnosis',
    description:
      'Where a scored candidate is wrong, by its out-of-fold predictions: the whole diagnosis of the harness as JSON, of which the board has one line.',
    args: z.object({ candidate: z.string() }),
    run: async ({ candidate }) => {
      const found = candidateIn(await seat.history(), candidate);
      if (typeof found === 'string') return failed(`read_diagnosis: ${found}`);
      if (found.stage === 'broken') return succeeded(found.feedback);
      if (found.stage === 'dropped') return succeeded(`it was dropped: ${found.reason}`);
      return found.stage === 'scored' && found.diagnosis !== null
        ? succeeded(found.diagnosis)
        : failed(`read_diagnosis: there is none of ${candidate}; it is ${found.stage}`);
    },
  });
}
