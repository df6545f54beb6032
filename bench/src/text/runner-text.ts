/** A runner's figures as tables. Pure. */
import type { LogFigures } from '../runner/log-lines.ts';
import type { RunnerFigures } from '../runner/measure-runner.ts';
import type { StartFigures } from '../runner/starts.ts';
import { percent, withRange } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function runnerLines({ rounds, starts, logs, withoutContainers }: RunnerFigures): string[] {
  return [
    `a real runner, every message flushed; ${rounds} jobs of each, in turn${withoutContainers === null ? '' : `; no containers: ${withoutContainers}`}`,
    ...starts.flatMap(startLines),
    '',
    ...logLines(logs),
  ];
}

function startLines({ program, rows }: StartFigures): string[] {
  const columns = [
    left(`a program that ${program}`),
    right('ms to its start, median [min, max]'),
    right('ms to its end'),
    right('over a bare process'),
  ];
  return tableLines(
    columns,
    rows.map(({ how, toStart, toEnd, overBare }) => [
      how,
      ...[toStart, toEnd, overBare].map((one) => withRange(one)),
    ]),
  );
}

function logLines({ seconds, rates }: LogFigures): string[] {
  const columns = [left(`lines a second, for ${seconds} s`), right('said'), right('arrived'), right('share')];
  return tableLines(
    columns,
    rates.map(({ said, lines, arrived }) => [
      said.toLocaleString('en-US'),
      lines.toLocaleString('en-US'),
      arrived.toLocaleString('en-US'),
      percent(arrived / lines),
    ]),
  );
}
