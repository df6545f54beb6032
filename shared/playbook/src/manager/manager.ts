/**
 * The manager: decides as the rules of a run would. While something is under way it waits; when all is judged, what room
 * is left goes into the best: a revision of it, then a combination of the best two, and when both have been had the
 * search ends. Nothing is built upon a candidate whose score is not believed.
 */
import type { ManagerAction } from '@modelwright/contracts';
import type { ManagerBrief } from '@modelwright/llm';
import { type Answer, calling, givingUp } from '../answer.ts';
import type { Step } from '../steps.ts';
import { type BoardRow, boardRows } from './board-rows.ts';

const MOST_GUIDANCE = 1500;
/** What can be begun at once without knowing what comes of the first. */
const AT_ONCE = 2;

export function manage(brief: ManagerBrief, steps: readonly Step[]): Answer {
  const refused = steps.find(({ name }) => name === 'decide');
  if (refused !== undefined) return givingUp(`My decision was refused: ${refused.content}`);
  const rows = boardRows(brief.board);
  const believed = rows.filter(({ score, state }) => score !== null && !state.includes('suspicious'));
  const underWay = rows.filter(({ score }) => score === null);
  if (brief.room === 0) return decide([], 'No further candidate may be made; what is under way is finished.');
  if (underWay.length > 0) {
    return decide(
      [],
      `Waiting for ${underWay.map(({ id }) => id).join(', ')}: what to do next depends on it.`,
    );
  }
  const [best, second] = believed;
  if (best === undefined)
    return decide([anew(brief)], 'Nothing that was begun came to a score that is believed.');
  const looked = steps.find(({ name }) => name === 'read_diagnosis');
  if (looked === undefined) {
    return calling(`Where is ${best.id} wrong?`, 'read_diagnosis', { candidate: best.id });
  }
  const actions = [revision(best, rows), combination(best, second, rows)].filter((action) => action !== null);
  return actions.length === 0
    ? decide([stop(best)], `${best.id} leads, and neither revising nor combining it has led further.`)
    : decide(actions.slice(0, Math.min(AT_ONCE, brief.room)), reasonFor(best));
}

function decide(actions: readonly ManagerAction[], reason: string): Answer {
  return calling(reason, 'decide', { actions, reason });
}

function anew({ room }: ManagerBrief): ManagerAction {
  const guidance =
    'Nothing so far could be scored. Simple, sturdy approaches first, unlike those that were dropped.';
  return { kind: 'propose', count: Math.min(AT_ONCE, room), guidance };
}

/** Once for each best. */
function revision(best: BoardRow, rows: readonly BoardRow[]): ManagerAction | null {
  if (rows.some(({ from }) => from.length === 1 && from[0] === best.id)) return null;
  return { kind: 'revise', candidate: best.id, guidance: guidanceFor(best) };
}

/** Once for each pair. */
function combination(
  best: BoardRow,
  second: BoardRow | undefined,
  rows: readonly BoardRow[],
): ManagerAction | null {
  if (second === undefined) return null;
  const done = rows.some(({ from }) => from.includes(best.id) && from.includes(second.id));
  if (done) return null;
  const guidance = `Take from ${second.id} (${second.plan}) what ${best.id} (${best.plan}) lacks. ${guidanceFor(best)}`;
  return {
    kind: 'combine',
    candidate: best.id,
    partner: second.id,
    guidance: guidance.slice(0, MOST_GUIDANCE),
  };
}

function stop(best: BoardRow): ManagerAction {
  return {
    kind: 'stop',
    reason: `${best.id} (${best.plan}) leads with ${best.score}; no idea is left that the rules know.`,
  };
}

function guidanceFor({ id, plan, score, diagnosis }: BoardRow): string {
  const wrong = diagnosis === '' ? 'Its diagnosis shows no one weakness.' : `Its weak side: ${diagnosis}.`;
  return `${id} (${plan}) leads with ${score}. ${wrong} Change what addresses that, and keep the rest.`.slice(
    0,
    MOST_GUIDANCE,
  );
}

function reasonFor({ id, score }: BoardRow): string {
  return `Everything is judged and ${id} leads with ${score}: what room is left goes into it.`;
}
