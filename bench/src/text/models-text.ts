/** The models' figures as tables. Pure. */
import type { ModelFigures } from '../models/measure-models.ts';
import { contestLines } from './contest-text.ts';
import { mebibytes, percent, seconds, short } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function modelLines(figures: ModelFigures): string[] {
  return [
    `a provider that answers at once, transcripts flushed to disk; ${figures.rounds} rounds, A B A B`,
    ...contestLines('asking a model', figures.contests),
    '',
    ...inFlightLines(figures),
    '',
    ...spokenLines(figures),
  ];
}

function inFlightLines({ inFlight }: ModelFigures): string[] {
  const columns = [
    left('assignments in hand'),
    right('n'),
    right('idle MiB'),
    right('MiB with all of them waiting'),
    right('KiB each'),
    right('seconds to take them up'),
  ];
  const rows = inFlight.map(({ service, assignments, idleBytes, busyBytes, milliseconds }) => [
    service,
    String(assignments),
    mebibytes(idleBytes),
    mebibytes(busyBytes),
    short((busyBytes - idleBytes) / 1024 / assignments),
    seconds(milliseconds),
  ]);
  return tableLines(columns, rows);
}

function spokenLines({ spoken }: ModelFigures): string[] {
  const columns = [
    left('requests of a run'),
    right('n'),
    right('common beginning, characters'),
    right('input tokens'),
    right('of them cached'),
  ];
  const rows = spoken.map(({ role, requests, prefix, inputTokens, cachedShare }) => [
    role,
    String(requests),
    prefix.toLocaleString('en-US'),
    inputTokens.toLocaleString('en-US'),
    percent(cachedShare),
  ]);
  return tableLines(columns, rows);
}
