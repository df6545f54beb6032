/**
 * The coder: writes the recipe, has it checked, and repairs it by what the check says.
 *
 *     write … write → check ─passed→ submit
 *                       ▲ └─failed→ (read →) edit ─┐
 *                       └──────────────────────────┘   at most MOST_FAILURES times
 *
 * A fault that no rule knows, or that a repair did not remove, is met by writing the recipe anew, once.
 */
import type { CoderBrief } from '@modelwright/llm';
import { type Answer, calling, givingUp } from '../answer.ts';
import { planOf } from '../designer/plan-of.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { situationOf } from '../recipe/situation.ts';
import type { Step } from '../steps.ts';
import { type CheckReport, checkReport, saying } from './check-report.ts';
import { withBugs } from './clumsy/bugs.ts';
import { cheaper, type Intent, intentOf, PROGRAM } from './intent.ts';
import { knowledgeFrom } from './knowledge.ts';
import { faultIn, sameFault } from './repair/fault.ts';
import { repair } from './repair/repair.ts';

const MOST_FAILURES = 5;
/** Why there is a floor. */
const FIRST = 'It comes first, so that there is a model and a submission from the start.';
/** After so many the coder no longer trusts its repairs. */
const MOST_REPAIRS = 3;

export interface CoderMeans {
  readonly recipes: readonly Recipe[];
  readonly clumsy: boolean;
}

export function code(brief: CoderBrief, steps: readonly Step[], { recipes, clumsy }: CoderMeans): Answer {
  const intent = intentOf(brief, recipes);
  if (intent === null) return givingUp('No recipe of mine suits this task.');
  const last = steps.at(-1);
  if (last?.name === 'submit_version') return givingUp(`The version was refused: ${last.content}`);
  const checks = steps.flatMap((step, place) => (step.name === 'check_candidate' ? [place] : []));
  const lastCheck = checks.at(-1);
  if (lastCheck === undefined) return beforeChecking(brief, steps, { intent, recipes, clumsy });
  const reports = checks.map((place) => reportAt(steps, place));
  const report = reportAt(steps, lastCheck);
  const since = steps.slice(lastCheck + 1);
  if (report.passed && since.length === 0) return submit(brief, intent);
  if (reports.filter(({ passed }) => !passed).length >= MOST_FAILURES) {
    return givingUp(`After ${reports.length} checks it still fails: ${saying(report)}`);
  }
  return afterFailure({ intent, recipes, report, earlier: reports.slice(0, -1), steps, since });
}

interface Beginning extends CoderMeans {
  readonly intent: Intent;
}

/** The first files; for a version that came back, the first repair, by what was said of it. */
function beforeChecking(
  brief: CoderBrief,
  steps: readonly Step[],
  { intent, recipes, clumsy }: Beginning,
): Answer {
  if (brief.action === 'fix' && brief.feedback !== null) {
    const report = { passed: false, problems: [], outcome: 'failed', reason: '', stderr: brief.feedback };
    const tooMuch = /\b(timed-out|out-of-memory|stalled)\b/.test(brief.feedback);
    const means = tooMuch ? cheaper(intent) : intent;
    return afterFailure({ intent: means, recipes, report, earlier: [], steps, since: steps });
  }
  const planted = clumsy ? withBugs(intent.files, brief.seed, situationOf(brief)) : intent.files;
  return writeNext(planted, steps) ?? check('The files are written.');
}

interface Failure {
  readonly intent: Intent;
  readonly recipes: readonly Recipe[];
  readonly report: CheckReport;
  readonly earlier: readonly CheckReport[];
  readonly steps: readonly Step[];
  /** Since the check that failed. */
  readonly since: readonly Step[];
}

function afterFailure({ intent, recipes, report, earlier, steps, since }: Failure): Answer {
  const last = since.at(-1);
  if (last?.failed && last.name === 'write_file') return givingUp(`It cannot be written: ${last.content}`);
  const anew = since.filter(writesProgram).length > 0;
  if (!anew && last !== undefined && changes(last)) return check('Repaired; does it hold?');
  const fault = faultIn(report);
  const before = earlier.at(-1);
  const isNew = before === undefined || !sameFault(faultIn(before), fault);
  if (!anew && isNew && earlier.length < MOST_REPAIRS && last?.name !== 'edit_file') {
    const action = fault === null ? null : repair(fault, knowledgeFrom(since, intent, recipes));
    if (action !== null) return action;
  }
  const written = steps.slice(0, steps.length - since.length).filter(writesProgram).length;
  if (written > 1) return givingUp(`Written anew it still fails: ${saying(report)}`);
  const writes = since.filter(({ name }) => name === 'write_file');
  return writeNext(intent.files, writes) ?? check('Written anew.');
}

function writesProgram({ name, args }: Step): boolean {
  return name === 'write_file' && args['path'] === PROGRAM;
}

function changes({ name, failed }: Step): boolean {
  return !failed && (name === 'edit_file' || name === 'write_file');
}

/** Writes the first file that has not been written; null when all have. */
function writeNext(files: ReadonlyMap<string, string>, steps: readonly Step[]): Answer | null {
  const refused = steps.find(({ failed }) => failed);
  if (refused !== undefined) return givingUp(`It cannot be written: ${refused.content}`);
  const next = [...files][steps.length];
  if (next === undefined) return null;
  const [path, content] = next;
  return calling(`Writing ${path}.`, 'write_file', { path, content });
}

function check(text: string): Answer {
  return calling(text, 'check_candidate', {});
}

function submit(brief: CoderBrief, { recipe, settings }: Intent): Answer {
  const { plan } = brief;
  const own = plan === null || plan.recipe === recipe.family;
  const what = recipe.plan.summary[0]?.say ?? recipe.title;
  const summary = own ? (plan?.summary ?? what) : `In place of what was planned: ${recipe.title}. ${what}`;
  const built =
    plan === null
      ? planOf({ name: recipe.title, recipe, twist: null, config: settings }, situationOf(brief), FIRST)
      : null;
  return calling('The check has passed.', 'submit_version', {
    summary,
    ...(built === null ? {} : { plan: built }),
  });
}

function reportAt(steps: readonly Step[], place: number): CheckReport {
  const step = steps[place];
  if (step === undefined) throw new Error(`there is no step ${place}`);
  return checkReport(step);
}
