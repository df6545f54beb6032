/** How events open, stop, resume and close assignments, and open and close jobs. */
import { foldCandidate } from './fold-candidate.ts';
import type { RunEvent } from './log.ts';
import type { AssignmentState, JobState, OpenRun } from './run-state.ts';

type Of<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;
type AssignmentEvent = Of<
  'assignment-opened' | 'assignment-stopped' | 'assignment-resumed' | 'assignment-closed'
>;
type JobEvent = Of<'job-opened' | 'job-closed'>;

export function foldAssignment(run: OpenRun, event: AssignmentEvent): OpenRun {
  if (event.type === 'assignment-opened') {
    const { assignment: id, role, action, candidate } = event;
    return foldCandidate(
      withAssignment(run, { id, role, action, candidate, stops: 0, stage: 'working' }),
      event,
    );
  }
  const now = run.assignments[event.assignment];
  if (now === undefined) return run;
  switch (event.type) {
    case 'assignment-stopped':
      return withAssignment(run, { ...now, stage: 'stopped', stops: event.stop, waits: event.condition });
    case 'assignment-resumed':
      return withAssignment(run, { ...now, stage: 'working' });
    case 'assignment-closed':
      return withAssignment(run, { ...now, stage: 'closed', failure: event.failure });
  }
}

export function foldJob(run: OpenRun, event: JobEvent): OpenRun {
  if (event.type === 'job-opened') {
    const { job: id, candidate, purpose } = event;
    return foldCandidate(withJob(run, { id, stage: 'open', candidate, purpose }), event);
  }
  const { job: id, end, reason, seconds, output } = event;
  return withJob(run, { id, stage: 'closed', end, reason, seconds, output });
}

function withAssignment(run: OpenRun, assignment: AssignmentState): OpenRun {
  return { ...run, assignments: { ...run.assignments, [assignment.id]: assignment } };
}

function withJob(run: OpenRun, job: JobState): OpenRun {
  return { ...run, jobs: { ...run.jobs, [job.id]: job } };
}
