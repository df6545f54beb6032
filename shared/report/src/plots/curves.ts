/** Training curves: one plot a measured quantity, one line a candidate. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText } from '../html/words.ts';
import type { CurvePoint, TrainingCurves } from '../run/input.ts';
import { figure } from './drawing.ts';
import { thinned } from './thinned.ts';

/** Lines beyond these would be told apart by nobody. */
const COLOURS = ['--accent', '--c2', '--c3', '--c4', '--c5'] as const;
const MOST_PLOTS = 8;
const MOST_POINTS = 300;

interface Line {
  readonly candidate: string;
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

/** @param curves Those that matter most first. */
export function curvePlots(curves: readonly TrainingCurves[]): Html[] {
  const names = [...new Set(curves.flatMap(({ points }) => points.map(({ name }) => name)))];
  const plots = names.flatMap((name) => {
    const lines = COLOURS.flatMap((colour, order): Line[] => {
      const one = curves[order];
      const points = (one?.points ?? []).filter((point) => point.name === name);
      return one === undefined || points.length < 2
        ? []
        : [{ candidate: one.candidate, colour, points: thinned(points, MOST_POINTS) }];
    });
    return lines.length === 0 ? [] : [curvePlot(name, lines)];
  });
  return plots.slice(0, MOST_PLOTS);
}

function curvePlot(name: string, lines: readonly Line[]): Html {
  const points = lines.flatMap(({ points: all, colour, candidate }) =>
    all.map(({ step, value }) => ({ step, value, colour: `var(${colour})`, candidate })),
  );
  const ends = lines.flatMap(({ candidate, points: all }) => {
    const last = all.at(-1);
    return last === undefined ? [] : [`${candidate} ends at ${numberText(last.value)}`];
  });
  return figure(
    {
      title: name,
      label: `${name} against the step of training; ${ends.join(', ')}`,
      legend: lines.map(({ candidate, colour }) => ({ colour, name: candidate })),
    },
    (width) => ({
      height: 220,
      marginLeft: 60,
      x: { label: 'step', ticks: stepTicks(points, width === 'wide' ? 8 : 4), tickFormat: ',' },
      // The title says what it is: a label would lie on the topmost tick.
      y: { label: null, grid: true, nice: true, ticks: 5, ...scaleOf(points.map(({ value }) => value)) },
      marks: [
        Plot.line(points, { x: 'step', y: 'value', z: 'candidate', stroke: 'colour', strokeWidth: 1.75 }),
      ],
    }),
  );
}

/** Where there are few steps, each has its tick, and nothing between them has one. */
function stepTicks(points: readonly Pick<CurvePoint, 'step'>[], most: number): number[] | number {
  const steps = [...new Set(points.map(({ step }) => step))];
  return steps.length <= most ? steps : most;
}

/** Over two orders of magnitude and more only a logarithmic scale shows all of it. */
function scaleOf(values: readonly number[]): Plot.ScaleOptions {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most / least > 100 ? { type: 'log' } : {};
}
