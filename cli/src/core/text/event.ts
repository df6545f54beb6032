/** Events of a run in words, for people who watch it. */
import type { RunEvent, Task } from '@modelwright/contracts';
import { type CandidateEvent, isCandidateEvent } from '../candidate-view.ts';
import { bytesText, clockText, countText, durationText, usdText } from './quantity.ts';
import { scoreText } from './score.ts';
import { oneLine } from './shorten.ts';

type Event<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** One sentence, or null for what only a program needs to know. */
export function eventText(event: RunEvent): string | null {
  if (isCandidateEvent(event)) return candidateText(event);
  switch (event.type) {
    case 'run-started':
      return `run started, until ${clockText(event.deadline)} at the latest`;
    case 'phase-entered':
      return `phase: ${event.phase}`;
    case 'data-prepared':
      return preparedText(event);
    case 'best-changed':
      return `${event.candidate} is the best so far`;
    case 'assignment-closed':
      return event.failure === null ? null : `${event.assignment} failed: ${oneLine(event.failure, 160)}`;
    case 'job-closed':
      return event.end === 'finished' ? null : `job ${event.job} ${event.end}: ${oneLine(event.reason, 160)}`;
    case 'attention-needed':
      return `needs attention: ${event.subject}: ${oneLine(event.reason, 160)}`;
    case 'run-ended':
      return `run ${event.outcome}: ${oneLine(event.reason, 200)}`;
    case 'winner-sealed':
    case 'holdout-opened':
    case 'holdout-unavailable':
    case 'model-chosen':
    case 'model-compared':
    case 'deliverable-packaged':
    case 'deliverable-verified':
      return deliveryText(event);
    case 'assignment-opened':
    case 'assignment-stopped':
    case 'assignment-resumed':
    case 'job-opened':
    case 'model-recorded':
    case 'slots-counted':
      return null;
    case 'actions-decided':
    case 'insights-noted':
    case 'search-stopped':
    case 'finish-requested':
    case 'role-taken-over':
      return leadText(event);
    case 'money-warned':
    case 'money-paused':
    case 'budget-raised':
      return moneyText(event);
  }
}

function preparedText({ data, task }: Event<'data-prepared'>): string {
  const parts = [
    `${countText(data.rows.train, 'row')} to train`,
    `${data.rows.score} to score`,
    `${data.rows.holdout} held out`,
  ];
  if (data.rows.test > 0) parts.push(`${data.rows.test} to predict`);
  if (data.rows.unlabelled > 0) parts.push(`${data.rows.unlabelled} without a label, kept apart`);
  const prepared = `data prepared: ${parts.join(', ')}; split ${data.split.by}: ${data.split.reason}`;
  return task === null ? prepared : `${proposedText(task, data.warnings)} ${prepared}`;
}

/** What setup made of a folder without a task.yaml, and what it had to guess. */
function proposedText({ data, metric }: Task, warnings: readonly string[]): string {
  const doubts = warnings.flatMap((warning) => {
    const [, doubt] = /^Setup: (.*)$/s.exec(warning) ?? [];
    return doubt === undefined ? [] : [oneLine(doubt, 200)];
  });
  const guessed = doubts.length === 0 ? '' : ` IN DOUBT: ${doubts.join('; ')}.`;
  return `setup's task: predict ${data.target} of ${data.train}, judged by ${metric}.${guessed}`;
}

function trainedText({ candidate, trained, trials }: Event<'candidate-trained'>): string {
  const time = durationText(trained.seconds * 1000);
  return `${candidate} trained in ${time} (${countText(trials.length, 'trial')}), out of fold ${scoreText(trained.oof)}`;
}

function deliveryText(
  event: Event<
    | 'winner-sealed'
    | 'holdout-opened'
    | 'holdout-unavailable'
    | 'model-chosen'
    | 'model-compared'
    | 'deliverable-packaged'
    | 'deliverable-verified'
  >,
): string {
  switch (event.type) {
    case 'winner-sealed':
      return `${event.candidate} is chosen: ${event.reason}`;
    case 'holdout-opened':
      return `${event.candidate} on the holdout: ${scoreText(event.score)}`;
    case 'holdout-unavailable':
      return `no holdout score: ${event.reason}`;
    case 'model-chosen':
      return `model to deliver: ${event.reason}`;
    case 'model-compared':
      return comparedText(event);
    case 'deliverable-packaged':
      return `deliverable packaged, ${bytesText(event.deliverable.size)}`;
    case 'deliverable-verified':
      return verifiedText(event);
  }
}

function comparedText({ agree, notes }: Event<'model-compared'>): string {
  const verdict = agree
    ? 'the refitted model says what the scored one says'
    : 'the refitted model says something else than the scored one, and is given up';
  return notes.length === 0 ? verdict : `${verdict} (${notes.map((note) => oneLine(note, 160)).join('; ')})`;
}

function verifiedText({ agree, notes }: Event<'deliverable-verified'>): string {
  const verdict = agree
    ? 'verified: a fresh environment reproduces the predictions'
    : 'NOT verified: a fresh environment gives other predictions';
  return notes.length === 0 ? verdict : `${verdict} (${notes.map((note) => oneLine(note, 120)).join('; ')})`;
}

type LeadEvent = Event<
  'actions-decided' | 'insights-noted' | 'search-stopped' | 'finish-requested' | 'role-taken-over'
>;

function leadText(event: LeadEvent): string {
  switch (event.type) {
    case 'actions-decided':
      return `the manager decides: ${oneLine(event.reason, 200)}`;
    case 'insights-noted':
      return `learned from ${event.candidate}: ${oneLine(event.notes.join(' '), 200)}`;
    case 'search-stopped':
      return `the search ends: ${oneLine(event.reason, 200)}`;
    case 'finish-requested':
      return `the best so far is delivered${event.refit ? '' : ' as it is'}: ${oneLine(event.reason, 200)}`;
    case 'role-taken-over':
      return `the playbook takes over as ${event.role}: ${oneLine(event.reason, 200)}`;
  }
}

function moneyText(event: Event<'money-warned' | 'money-paused' | 'budget-raised'>): string {
  switch (event.type) {
    case 'money-warned':
      return `models have cost ${usdText(event.spentMicroUsd)} of ${usdText(event.capMicroUsd)}`;
    case 'money-paused':
      return `paused: models have cost ${usdText(event.spentMicroUsd)} of ${usdText(event.capMicroUsd)}`;
    case 'budget-raised':
      return `the budget for models is now ${usdText(event.microUsd)}`;
  }
}

/** Such as `, better than c1 past noise`; nothing where it was the first. */
function againstText(comparison: Event<'candidate-scored'>['comparison']): string {
  if (comparison === undefined || comparison === null) return '';
  const { against, better } = comparison;
  return better ? `, better than ${against} past noise` : `, not better than ${against} past noise`;
}

function auditedText({ candidate, trust }: Extract<CandidateEvent, { type: 'candidate-audited' }>): string {
  const [reason] = trust.reasons;
  return reason === undefined
    ? `${candidate} is ${trust.label}`
    : `${candidate} is ${trust.label}: ${oneLine(reason, 160)}`;
}

function candidateText(event: CandidateEvent): string | null {
  switch (event.type) {
    case 'candidate-planned':
      return event.plan === null
        ? `${event.candidate} planned`
        : `${event.candidate} planned: ${event.plan.name}`;
    case 'candidate-implemented':
      return `${event.candidate} implemented: ${event.plan.name}`;
    case 'candidate-trained':
      return trainedText(event);
    case 'candidate-predicted':
      return null;
    case 'candidate-scored':
      return `${event.candidate} scores ${scoreText(event.score)}${againstText(event.comparison)}`;
    case 'candidate-reseeded':
      return `${event.candidate} scores ${scoreText(event.score)} with another seed`;
    case 'candidate-audited':
      return auditedText(event);
    case 'candidate-broken':
      return `${event.candidate} needs mending: ${oneLine(event.feedback, 160)}`;
    case 'candidate-dropped':
      return `${event.candidate} dropped: ${oneLine(event.reason, 160)}`;
  }
}
