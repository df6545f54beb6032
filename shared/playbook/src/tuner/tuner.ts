/** The tuner: trains, looks at the score, and chooses by it what to train next. */
import { isBetter } from '@modelwright/contracts';
import type { TunerBrief } from '@modelwright/llm';
import { type Answer, calling, givingUp } from '../answer.ts';
import { drawing } from '../draw.ts';
import type { Recipe, Settings } from '../recipe/recipe.ts';
import { expectedSeconds, spaceFor } from '../recipe/settings.ts';
import { situationOf } from '../recipe/situation.ts';
import type { Step } from '../steps.ts';
import { nextSettings } from './search.ts';
import { type Scored, scoredOf, type Training, trainingsOf } from './trainings.ts';

/** Trainings in a row that brought next to nothing, after which no more are started. */
const MOST_FRUITLESS = 2;
/** Next to nothing, in standard errors. */
const WORTH = 0.5;
/** Trainings side by side, once the plan's own is judged: the search then looks both ways at once. */
const AT_ONCE = 2;
/** Ends of a training that say it was too much, not that it was wrong. */
const TOO_MUCH: ReadonlySet<string> = new Set(['timed-out', 'out-of-memory', 'stalled']);

export function tune(brief: TunerBrief, steps: readonly Step[], recipes: readonly Recipe[]): Answer {
  const recipe =
    recipes.find(({ family }) => family === (brief.plan.recipe ?? brief.config['recipe'])) ?? null;
  const last = steps.at(-1);
  if (last === undefined) return start(firstSettings(brief, recipe), 'The plan as it stands comes first.');
  if (last.name === 'submit_training') return givingUp(`Nothing could be handed over: ${last.content}`);
  const trainings = trainingsOf(steps);
  const running = trainings.filter(({ report }) => report === null).map(({ job }) => job);
  if (last.name === 'train_wait' && (last.failed || running.length > 0)) {
    return givingUp(`Waiting came to nothing: ${last.content.slice(-500)}`);
  }
  const refused = steps.find(({ name, failed }) => name === 'train_start' && failed)?.content ?? null;
  const scored = scoredOf(trainings);
  if (running.length > 0) {
    const room =
      refused === null && scored.length > 0 && running.length < AT_ONCE && trainings.length < brief.trials;
    const beside = room ? nextOf(brief, trainings, recipe) : null;
    if (beside !== null)
      return start(beside, `Beside it: ${difference(bestOf(brief, scored).config, beside)}.`);
    return calling(`Waiting for ${running.join(', ')}.`, 'train_wait', { jobs: running });
  }
  if (scored.length === 0) return withoutScore(brief, trainings, { recipe, refused });
  const enough = refused ?? reasonToEnd(brief, scored, trainings.length);
  if (enough !== null) return submit(brief, scored, enough);
  const next = nextOf(brief, trainings, recipe);
  return next === null
    ? submit(brief, scored, 'there is nothing near the best left to try')
    : start(next, `${summary(brief, scored)} Next: ${difference(bestOf(brief, scored).config, next)}.`);
}

/** The plan's settings, or cheaper ones where a training would likely outlast its time. */
function firstSettings({ config, secondsPerTrial, ...brief }: TunerBrief, recipe: Recipe | null): Settings {
  const expected = recipe === null ? 0 : expectedSeconds(recipe, situationOf(brief));
  return recipe !== null && expected > secondsPerTrial ? { ...config, ...recipe.cheaper } : config;
}

/** Every training so far left nothing to compare. */
function withoutScore(
  { trials }: TunerBrief,
  trainings: readonly Training[],
  { recipe, refused }: { recipe: Recipe | null; refused: string | null },
): Answer {
  const last = trainings.at(-1);
  if (last?.report == null || refused !== null) return givingUp(`No training could be started: ${refused}`);
  const { outcome, reason, stderr } = last.report;
  const cheaper = recipe === null ? null : { ...last.config, ...recipe.cheaper };
  const isNew = cheaper !== null && difference(last.config, cheaper) !== '';
  if (TOO_MUCH.has(outcome) && isNew && trainings.length < trials) {
    return start(cheaper, `The training ended as ${outcome}: cheaper settings.`);
  }
  return givingUp(`The training ended as ${outcome}: ${reason}\n${stderr.slice(-3000)}`);
}

function reasonToEnd({ trials, task }: TunerBrief, scored: readonly Scored[], count: number): string | null {
  if (count >= trials) return `all ${trials} trainings are done`;
  const gains = scored.map(({ value }, place) => {
    const before = scored.slice(0, place);
    const best = before.reduce<Scored | null>(
      (a, b) => (a === null || isBetter(b.value, a.value, task.direction) ? b : a),
      null,
    );
    if (best === null) return Number.POSITIVE_INFINITY;
    const gain = isBetter(value, best.value, task.direction) ? Math.abs(value - best.value) : 0;
    return gain - WORTH * best.standardError;
  });
  const recent = gains.slice(-MOST_FRUITLESS);
  const fruitless = recent.length === MOST_FRUITLESS && recent.every((gain) => gain <= 0);
  return fruitless ? `${MOST_FRUITLESS} trainings in a row brought less than half a standard error` : null;
}

function nextOf(brief: TunerBrief, trainings: readonly Training[], recipe: Recipe | null): Settings | null {
  const first = trainings[0];
  if (recipe === null || first === undefined) return null;
  const values = new Map(scoredOf(trainings).map(({ job, value }) => [job, value]));
  const space = spaceFor(recipe, situationOf(brief));
  return nextSettings({
    space,
    start: first.config,
    tried: trainings.map(({ job, config }) => ({ config, value: values.get(job) ?? null })),
    isBetter: (a, b) => isBetter(a, b, brief.task.direction),
    directions: new Map(space.map(([name]) => [name, drawing(brief.seed, name)() < 0.5 ? 1 : -1])),
  });
}

function start(config: Settings, text: string): Answer {
  return calling(text, 'train_start', { config });
}

function submit(brief: TunerBrief, scored: readonly Scored[], why: string): Answer {
  const best = bestOf(brief, scored);
  const reason = `${summary(brief, scored)} No further training: ${why}.`;
  return calling(reason, 'submit_training', { job: best.job, reason });
}

/** Of equals the earlier. */
function bestOf({ task }: TunerBrief, scored: readonly Scored[]): Scored {
  return scored.reduce((best, next) => (isBetter(next.value, best.value, task.direction) ? next : best));
}

function summary(brief: TunerBrief, scored: readonly Scored[]): string {
  const best = bestOf(brief, scored);
  const others = scored.filter(({ job }) => job !== best.job).map(({ value }) => value.toPrecision(4));
  const beside = others.length === 0 ? '' : `, against ${others.join(', ')}`;
  const { value, standardError } = best;
  return `${brief.task.metric} ${value.toPrecision(4)} ± ${standardError.toPrecision(2)} out of fold${beside}.`;
}

/** What `to` sets otherwise than `from`; empty when nothing. */
function difference(from: Settings, to: Settings): string {
  return Object.entries(to)
    .filter(([name, value]) => JSON.stringify(from[name]) !== JSON.stringify(value))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}
