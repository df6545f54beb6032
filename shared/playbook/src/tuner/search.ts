/**
 * Where to look next: a coordinate search that narrows around the best.
 *
 * Each setting in turn is moved from the best so far, first one way and, where that brings nothing, the other; a way that
 * helps is followed on. After all settings the moves are halved. The search is replayed from the start over what has been
 * tried, up to the first settings that have not: so it needs no memory but the trials.
 */
import type { Range, Settings } from '../recipe/recipe.ts';
import { moved, otherChoices } from './moves.ts';

export interface Tried {
  readonly config: Settings;
  /** Null where the training left no score that can be compared. */
  readonly value: number | null;
}

export interface Search {
  readonly space: readonly (readonly [name: string, range: Range])[];
  readonly start: Settings;
  readonly tried: readonly Tried[];
  readonly isBetter: (a: number, b: number) => boolean;
  /** Which way each setting is moved first. */
  readonly directions: ReadonlyMap<string, 1 | -1>;
}

const REACHES = [1, 0.5, 0.25] as const;

/** Settings never tried; null when the neighbourhood of the best is exhausted. */
export function nextSettings(search: Search): Settings | null {
  let best = search.start;
  for (const reach of REACHES) {
    for (const [name, range] of search.space) {
      for (const way of ways(search, name, range)) {
        const step = follow(search, best, (from) => way(from, reach));
        if (step.untried !== null) return step.untried;
        if (step.best === best) continue;
        best = step.best;
        break;
      }
    }
  }
  return null;
}

type Way = (from: Settings, reach: number) => Settings | null;

/** The ways in which a setting can be changed, in the order of trying. */
function ways(search: Search, name: string, range: Range): Way[] {
  if (range.type === 'choice') {
    return otherChoices(range, search.start[name]).map((value) => (from) => changed(from, name, value));
  }
  const first = search.directions.get(name) ?? 1;
  const opposite = first === 1 ? -1 : 1;
  return ([first, opposite] as const).map((direction) => (from, reach) => {
    const value = moved(range, from[name], direction, reach);
    return value === null ? null : changed(from, name, value);
  });
}

/** Follows a way as long as it helps; `untried` are the first settings on it that nobody has tried. */
function follow(
  { tried, isBetter }: Search,
  start: Settings,
  way: (from: Settings) => Settings | null,
): { best: Settings; untried: Settings | null } {
  let best = start;
  for (let next = way(best); next !== null; next = way(best)) {
    const result = resultOf(tried, next);
    if (result === undefined) return { best, untried: next };
    const before = resultOf(tried, best)?.value ?? null;
    if (result.value === null || (before !== null && !isBetter(result.value, before))) break;
    best = next;
  }
  return { best, untried: null };
}

function resultOf(tried: readonly Tried[], config: Settings): Tried | undefined {
  const wanted = canonical(config);
  return tried.find((one) => canonical(one.config) === wanted);
}

/** Null when it is that already. */
function changed(from: Settings, name: string, value: Settings[string]): Settings | null {
  return JSON.stringify(from[name]) === JSON.stringify(value) ? null : { ...from, [name]: value };
}

function canonical(config: Settings): string {
  return JSON.stringify(Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1)));
}
