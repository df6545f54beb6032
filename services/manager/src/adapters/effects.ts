/** Carries effects out. Each may be carried out any number of times with the effect of once: its ids are derived. */
import type { Bus, Records } from '@modelwright/bus';
import {
  type Assignment,
  type AssignmentControl,
  assignmentControl,
  assignmentControlKey,
  assignment as assignmentMessage,
  type JobControl,
  jobControl,
  jobControlKey,
  job as jobMessage,
  jobSubject,
  type RunControl,
  type RunEffect,
  type RunId,
  runControl,
  runControlKey,
  workSubject,
} from '@modelwright/contracts';

export interface Effects {
  /** `assigned` holds the assignments of the run by id, for those that are sent again. */
  perform(
    effects: readonly RunEffect[],
    of: { run: RunId; cause: string; assigned: Readonly<Record<string, Assignment>> },
  ): Promise<void>;
}

type Of = Parameters<Effects['perform']>[1];

export function createEffects(bus: Bus): Effects {
  const runs: Records<RunControl> = bus.records('control', runControl);
  const assignments: Records<AssignmentControl> = bus.records('control', assignmentControl);
  const jobs: Records<JobControl> = bus.records('control', jobControl);

  const send = async (body: Assignment, messageId: string, { run, cause }: Of) => {
    const subject = workSubject(body.work.role, 'normal', run);
    await bus.streams.publish({ definition: assignmentMessage, subject, body, messageId, cause, run });
  };

  const one = async (effect: RunEffect, of: Of): Promise<void> => {
    switch (effect.type) {
      case 'assign':
        return send(effect.assignment, effect.assignment.id, of);
      case 'resume': {
        const body = of.assigned[effect.assignment];
        if (body !== undefined) await send(body, `${effect.assignment}:resume:${effect.stop}`, of);
        return;
      }
      case 'cancel-assignment': {
        const { assignment, reason } = effect;
        await assignments.put(assignmentControlKey(assignment), { assignment, desired: 'cancelled', reason });
        return;
      }
      case 'submit-job': {
        const { job } = effect;
        const subject = jobSubject(job.class, job.priority, of.run);
        const { run, cause } = of;
        await bus.streams.publish({
          definition: jobMessage,
          subject,
          body: job,
          messageId: job.id,
          cause,
          run,
        });
        return;
      }
      case 'cancel-job':
        await jobs.put(jobControlKey(effect.job), {
          job: effect.job,
          desired: 'cancelled',
          reason: effect.reason,
        });
        return;
      case 'control-run':
        await runs.put(runControlKey(of.run), effect.control);
        return;
    }
  };

  return {
    async perform(effects, of) {
      for (const effect of effects) await one(effect, of);
    },
  };
}
