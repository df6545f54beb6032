/** All that was tried for a candidate: who worked on it with what result, and its trainings. */
import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import type { RunEvent } from '@modelwright/contracts';
import { z } from 'zod';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';

export function listAttempts(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'list_attempts',
    description:
      'What happened to a candidate, in order: assignments with how they ended, trainings with job, configuration, outcome, out-of-fold score and seconds, and its scores. The jobs named can be looked at with read_curves and read_logs. Answers a JSON list.',
    args: z.object({ candidate: z.string() }),
    run: async ({ candidate }) => {
      const history = await seat.history();
      const found = candidateIn(history, candidate);
      if (typeof found === 'string') return failed(`list_attempts: ${found}`);
      const own = new Set(
        Object.values(history.assignments).flatMap((one) => (one.candidate === candidate ? [one.id] : [])),
      );
      return succeeded(
        JSON.stringify(
          history.events.flatMap((event) => told(event, candidate, own)),
          null,
          1,
        ),
      );
    },
  });
}

function told(event: RunEvent, candidate: string, own: ReadonlySet<string>): unknown[] {
  if (event.type === 'assignment-closed' && own.has(event.assignment)) {
    const { assignment, failure, spent } = event;
    return [{ what: 'worked on', assignment, ended: failure ?? 'done', turns: spent.turns }];
  }
  if (event.type === 'job-opened' && event.candidate === candidate)
    return [{ what: 'job', job: event.job, purpose: event.purpose }];
  if (!('candidate' in event) || event.candidate !== candidate) return [];
  switch (event.type) {
    case 'candidate-trained':
      return event.trials.map(({ job, config, outcome, oof, seconds }) => ({
        what: job === event.trained.job ? 'training, chosen' : 'training',
        ...{
          job,
          config,
          outcome,
          oof: oof?.value ?? null,
          standardError: oof?.standardError ?? null,
          seconds,
        },
      }));
    case 'candidate-scored':
      return [{ what: 'scored', score: event.score.value, standardError: event.score.standardError }];
    case 'candidate-broken':
      return [{ what: 'given back to a coder', feedback: event.feedback }];
    case 'candidate-dropped':
      return [{ what: 'dropped', reason: event.reason }];
    default:
      return [];
  }
}
