/**
 * The manager model has decided. Each of its actions is carried out as far as the run allows; what it does not allow is left
 * out, and the reason says so, for the model to read on the next board.
 */
import type { ManagerAction, WorkResult } from '@modelwright/contracts';
import { actionObjection } from '../action-objection.ts';
import { assign } from '../assign.ts';
import { designersBoard } from '../board.ts';
import { basicsOf } from '../brief-basics.ts';
import { versionOf } from '../candidate.ts';
import { giveUp } from '../give-up.ts';
import { inTurn } from '../in-turn.ts';
import { oneLine } from '../one-line.ts';
import { plannedBesidesFloor, roomFor } from '../portfolio.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import { handoverDeadline } from '../time.ts';
import { findingsFor } from '../told-findings.ts';

/** Of its reason, so that what was left out is seen beside it; the event has the whole. */
const SHOWN = 250;

type ActionOf<Kind extends ManagerAction['kind']> = Extract<ManagerAction, { kind: Kind }>;

export function onDecided(
  run: OpenRun,
  { id }: AssignmentState,
  { actions, reason }: Extract<WorkResult, { role: 'manager' }>,
  now: number,
): Step {
  const decided = step(`the manager model: ${oneLine(reason, SHOWN)}`, [
    { type: 'actions-decided', assignment: id, actions, reason },
  ]);
  if (run.phase.name !== 'searching' || run.stopped !== null) return decided;
  return inTurn(run, [() => decided, ...actions.map((action) => (at: OpenRun) => carryOut(at, action, now))]);
}

function carryOut(run: OpenRun, action: ManagerAction, now: number): Step {
  if (run.stopped !== null) return leftOut(action, 'the search was stopped');
  switch (action.kind) {
    case 'propose':
    case 'revise':
    case 'combine':
      return design(run, action, now);
    case 'fix':
    case 'tune':
      return branch(run, action);
    case 'prune':
      return prune(run, action);
    case 'stop':
      return step(`the search is stopped: ${action.reason}`, [
        { type: 'search-stopped', reason: action.reason },
      ]);
  }
}

/** A designer is asked for plans. */
function design(run: OpenRun, action: ActionOf<'propose' | 'revise' | 'combine'>, now: number): Step {
  const room = roomFor(run);
  const objection = objectionToDesign(run, action, room, now);
  if (objection !== null || run.phase.name !== 'searching') return leftOut(action, objection ?? 'too late');
  const count = action.kind === 'propose' ? Math.min(action.count, room) : 1;
  const name = action.kind === 'propose' ? 'portfolio' : action.kind;
  const asked = assign(
    run,
    {
      candidate: 'run',
      action: name,
      work: {
        role: 'designer',
        action: name,
        data: run.phase.data,
        count,
        parent: action.kind === 'propose' ? null : action.candidate,
        partner: action.kind === 'combine' ? action.partner : null,
        board: designersBoard(run, action.kind === 'propose' ? [] : namedIn(action)),
        guidance: action.guidance,
        ...findingsFor(run),
        ...basicsOf(run),
      },
      deadline: handoverDeadline(run),
      reason: `a designer is asked to ${textOf(action)}`,
    },
    now,
  );
  return asked ?? leftOut(action, 'no money is free for it now');
}

function objectionToDesign(
  run: OpenRun,
  action: ActionOf<'propose' | 'revise' | 'combine'>,
  room: number,
  now: number,
): string | null {
  if (room === 0) return 'no more candidates may be made';
  if (now >= handoverDeadline(run)) return 'there is no time for it';
  return actionObjection(run.candidates, action);
}

function namedIn(action: ActionOf<'revise' | 'combine'>): string[] {
  return action.kind === 'revise' ? [action.candidate] : [action.candidate, action.partner];
}

/** A new candidate that begins as another one stands: for a coder to mend, or for a tuner. */
function branch(run: OpenRun, action: ActionOf<'fix' | 'tune'>): Step {
  if (roomFor(run) === 0) return leftOut(action, 'no more candidates may be made');
  const parent = run.candidates[action.candidate];
  const version = parent === undefined ? null : versionOf(parent);
  const objection = actionObjection(run.candidates, action);
  if (objection !== null || !parent?.plan || version === null)
    return leftOut(action, objection ?? 'it has no code');
  const candidate = `c${plannedBesidesFloor(run) + 1}`;
  const { plan } = parent;
  const { guidance } = action;
  return step(`${candidate} begins as ${parent.id}, to ${action.kind} it: ${guidance}`, [
    { type: 'candidate-planned', candidate, plan, parent: parent.id, partner: null, guidance },
    { type: 'candidate-implemented', candidate, plan, version },
    ...(action.kind === 'fix' ? [{ type: 'candidate-broken' as const, candidate, feedback: guidance }] : []),
  ]);
}

function prune(run: OpenRun, action: ActionOf<'prune'>): Step {
  const { candidate, reason } = action;
  const objection =
    actionObjection(run.candidates, action) ?? (candidate === run.best?.candidate ? 'it is the best' : null);
  return objection === null ? giveUp(run, candidate, reason) : leftOut(action, objection);
}

function leftOut(action: ManagerAction, why: string): Step {
  return step(`left out (${why}): ${textOf(action)}`, []);
}

function textOf(action: ManagerAction): string {
  switch (action.kind) {
    case 'propose':
      return `propose ${action.count}: ${action.guidance}`;
    case 'combine':
      return `combine ${action.candidate} and ${action.partner}: ${action.guidance}`;
    case 'revise':
    case 'fix':
    case 'tune':
      return `${action.kind} ${action.candidate}: ${action.guidance}`;
    case 'prune':
      return `prune ${action.candidate}: ${action.reason}`;
    case 'stop':
      return `stop: ${action.reason}`;
  }
}
