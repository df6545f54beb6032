/**
 * The board: what a manager model sees of a run. One line a candidate, the best first; what is dropped is told in short; then
 * what happened last. It is never longer than MOST_BYTES, 6,000 tokens at two and a half bytes each: with many candidates the
 * lines get shorter, then the least of them are only counted. Details are had by tool.
 */
import type { Direction, Score } from '@modelwright/contracts';
import { type Candidate, type CandidateIn, isActive } from './candidate.ts';
import { diagnosisLine } from './diagnosis-line.ts';
import { reservedOf, spentOf } from './ledger.ts';
import { patienceFor, patienceIdle } from './manager-model.ts';
import { oneLine, utf8Bytes } from './one-line.ts';
import { roomFor } from './portfolio.ts';
import { byScore } from './ranking.ts';
import type { OpenRun } from './run-state.ts';
import { handoverDeadline } from './time.ts';
import { dataFindings, findingsIn } from './told-findings.ts';
import { isBelieved } from './trust.ts';

export const MOST_BYTES = 15_000;

/** How much is shown: characters of a name, a diagnosis, a reason; lines of each kind. */
interface Detail {
  readonly name: number;
  readonly diagnosis: number;
  readonly reason: number;
  readonly live: number;
  readonly dead: number;
  readonly events: number;
  readonly event: number;
  readonly findings: number;
}

const LEAST: Detail = {
  name: 12,
  diagnosis: 0,
  reason: 12,
  live: 30,
  dead: 10,
  events: 2,
  event: 100,
  findings: 1,
};
const DETAILS: readonly Detail[] = [
  { name: 60, diagnosis: 200, reason: 140, live: 200, dead: 200, events: 12, event: 400, findings: 6 },
  { name: 40, diagnosis: 120, reason: 80, live: 200, dead: 200, events: 10, event: 250, findings: 6 },
  { name: 30, diagnosis: 60, reason: 50, live: 200, dead: 100, events: 8, event: 200, findings: 4 },
  { name: 24, diagnosis: 30, reason: 30, live: 120, dead: 40, events: 6, event: 150, findings: 3 },
  { name: 20, diagnosis: 20, reason: 20, live: 60, dead: 20, events: 4, event: 120, findings: 2 },
];

export function managerBoard(run: OpenRun, now: number): string {
  const fitting = DETAILS.map((detail) => rendered(run, now, detail)).find(
    (text) => utf8Bytes(text) <= MOST_BYTES,
  );
  return fitting ?? rendered(run, now, LEAST);
}

function rendered(run: OpenRun, now: number, detail: Detail): string {
  const all = Object.values(run.candidates);
  const toward = directionOfRun(run);
  const live = all
    .filter((one) => one.stage !== 'dropped')
    .sort((a, b) => byScore(scoreOf(a), scoreOf(b), toward));
  const dead = all.filter((one): one is CandidateIn<'dropped'> => one.stage === 'dropped').reverse();
  return [
    ...head(run, now),
    ...few(dataFindings(run), detail.findings, (one) => `Found in the ${oneLine(one, detail.event)}`),
    '',
    'Candidates: id | plan | from | score ± error | out-of-fold | out-of-fold − score | minutes | state | diagnosis',
    ...few(live, detail.live, (one) => liveLine(one, detail)),
    ...(dead.length === 0 ? [] : ['', 'Dropped: id | plan | why']),
    ...few(dead, detail.dead, (one) => deadLine(one, detail)),
    '',
    'Last decisions, the newest last:',
    ...run.recent.slice(-detail.events).map((reason) => `- ${oneLine(reason, detail.event)}`),
  ].join('\n');
}

function head(run: OpenRun, now: number): string[] {
  const { ledger, slots, best } = run;
  const minutes = (ms: number) => Math.max(0, Math.round(ms / 6000) / 10);
  const active = Object.values(run.candidates).filter(isActive).length;
  const { microUsd, tokens } = spentOf(ledger);
  const limit = ledger.capTokens === null ? '' : `; ${tokens} of ${ledger.capTokens} tokens`;
  return [
    `Time: ${minutes(now - run.startedAt)} of ${minutes(run.deadline - run.startedAt)} minutes gone; work begun now must be done in ${minutes(handoverDeadline(run) - now)} minutes.`,
    `Your answer is waited for ${minutes(Math.min(patienceFor(run), handoverDeadline(run) - now))} minutes; where nothing else is under way the rules go on without it after ${minutes(patienceIdle(run))}.`,
    `Money: ${usd(microUsd)} spent and ${usd(reservedOf(ledger).microUsd)} reserved of ${usd(ledger.capMicroUsd)}${limit}.`,
    `Runner slots: ${slots}. Candidates under way: ${active}. Room for ${roomFor(run)} more. Best so far: ${best === null ? 'none' : `${best.candidate}, ${number(best.score.value)}`}.`,
  ];
}

function liveLine(candidate: Candidate, detail: Detail): string {
  const trained = 'trained' in candidate ? candidate.trained : null;
  const score = scoreOf(candidate);
  const { id, parent, partner } = candidate;
  return [
    id,
    oneLine(candidate.plan?.name ?? 'the fastest recipe', detail.name),
    [parent, partner].filter((from) => from !== null).join('+') || '-',
    score === null ? '-' : `${number(score.value)} ± ${number(score.standardError)}`,
    trained === null ? '-' : number(trained.oof.value),
    score === null || trained === null ? '-' : gapOf(trained.oof.value - score.value, score.standardError),
    trained === null ? '-' : String(Math.round(trained.seconds / 6) / 10),
    stateOf(candidate),
    diagnosisOf(candidate, detail.diagnosis),
  ].join(' | ');
}

function diagnosisOf(candidate: Candidate, most: number): string {
  if (candidate.stage === 'broken') return oneLine(candidate.feedback, most);
  if (candidate.stage !== 'scored') return '';
  const wrong = candidate.diagnosis === null ? '' : diagnosisLine(candidate.diagnosis, most);
  return oneLine([...findingsIn(candidate), wrong].filter((text) => text !== '').join('; '), most);
}

function stateOf(candidate: Candidate): string {
  if (candidate.stage !== 'scored') return candidate.stage;
  if (!isBelieved(candidate)) return 'scored, suspicious';
  return candidate.excluded === undefined ? 'scored' : 'scored, over a limit of the task';
}

function deadLine({ id, plan, reason }: CandidateIn<'dropped'>, detail: Detail): string {
  return `${id} | ${oneLine(plan?.name ?? 'the fastest recipe', detail.name)} | ${oneLine(reason, detail.reason)}`;
}

function few<Item>(items: readonly Item[], most: number, line: (item: Item) => string): string[] {
  const left = items.length - most;
  return [...items.slice(0, most).map(line), ...(left > 0 ? [`… and ${left} more`] : [])];
}

function scoreOf(candidate: Candidate): Score | null {
  return candidate.stage === 'scored' ? candidate.score : null;
}

function directionOfRun({ phase }: OpenRun): Direction {
  return phase.name === 'preparing' ? 'maximize' : phase.data.task.direction;
}

/** No finer than a tenth of the standard error: less is noise. */
function gapOf(gap: number, standardError: number): string {
  const step = standardError / 10;
  return number(step === 0 ? gap : Math.round(gap / step) * step);
}

function number(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function usd(micro: number): string {
  return `$${(micro / 1e6).toFixed(2)}`;
}
