/** The designer: which candidates are worth building, and why these. */
import type { BoardEntry, Plan } from '@modelwright/contracts';
import type { DesignerBrief } from '@modelwright/llm';
import { type Answer, calling, givingUp } from '../answer.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { type Situation, situationOf } from '../recipe/situation.ts';
import type { Step } from '../steps.ts';
import { type Idea, ideasFor } from './ideas.ts';
import { planOf } from './plan-of.ts';
import { portfolioSubmission, revisionSubmission } from './submission.ts';

/** What a family counts for that no candidate has tried yet: a blend lives on mistakes that differ. */
const NEW_FAMILY = 10;
/** What a variation of the best candidate's family counts for. */
const OF_THE_BEST = 5;

export function design(brief: DesignerBrief, steps: readonly Step[], recipes: readonly Recipe[]): Answer {
  const refused = steps.at(-1);
  if (refused !== undefined) return givingUp(`My plans were refused: ${refused.content}`);
  const situation = situationOf(brief);
  const ideas = ideasFor(recipes, situation);
  const plans =
    brief.action === 'portfolio' ? portfolio(brief, ideas, situation) : revision(brief, ideas, situation);
  if (plans.length === 0) return givingUp('Everything the recipes offer for this task has been tried.');
  const names = plans.map(({ name }) => name).join('; ');
  const submission = brief.action === 'portfolio' ? portfolioSubmission(plans) : revisionSubmission(plans);
  return calling(`Worth building, the most promising first: ${names}.`, 'submit_plans', submission);
}

/** One of each family, the most promising first; beyond that, variations. What was tried is not tried again. */
function portfolio({ board, count }: DesignerBrief, all: readonly Idea[], situation: Situation): Plan[] {
  const tried = new Set(board.map(({ plan }) => plan.name));
  const ideas = all.filter(({ name }) => !tried.has(name));
  const families = ideas.filter(({ twist }) => twist === null);
  const variations = ideas.filter(({ twist }) => twist !== null);
  return [...families, ...variations].slice(0, count).map((idea) => planOf(idea, situation, ''));
}

/** What the board lacks. */
function revision(
  { board, parent, count }: DesignerBrief,
  ideas: readonly Idea[],
  situation: Situation,
): Plan[] {
  const tried = new Set(board.map(({ plan }) => plan.name));
  const families = new Set(board.map(({ plan }) => plan.recipe));
  const best = board.find(({ candidate }) => candidate === parent);
  const worth = ({ recipe, points }: Idea): number => {
    if (!families.has(recipe.family)) return points + NEW_FAMILY;
    return recipe.family === best?.plan.recipe ? points + OF_THE_BEST : points;
  };
  return ideas
    .filter(({ name }) => !tried.has(name))
    .sort((a, b) => worth(b) - worth(a) || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map((idea) => planOf(idea, situation, occasion(idea, families, best)));
}

function occasion(
  { recipe, twist }: Idea,
  families: ReadonlySet<string | null>,
  best: BoardEntry | undefined,
): string {
  const stands = best === undefined ? '' : `${best.candidate} (${best.plan.name}) leads${scored(best)}. `;
  if (!families.has(recipe.family)) return `${stands}No candidate is of this family yet.`;
  if (twist === null) return `${stands}Its family is known from another variation only.`;
  return `${stands}Of its family this way has not been tried: ${twist.name}.`;
}

function scored({ score, oof }: BoardEntry): string {
  const said = score ?? oof;
  return said === null ? '' : ` with ${said.value} ± ${said.standardError.toPrecision(2)}`;
}
