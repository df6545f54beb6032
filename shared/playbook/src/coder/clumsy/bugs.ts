/** Mistakes that people make, planted into what the clumsy coder writes. Each is real: the program fails by it. */
import { type Draw, drawing, oneOf, shuffled } from '../../draw.ts';
import type { Situation } from '../../recipe/situation.ts';
import { PROGRAM, SETTINGS } from '../intent.ts';
import { executedLines } from './executed.ts';
import { misspelt } from './misspelt.ts';

export type Files = ReadonlyMap<string, string>;

export interface Around {
  readonly draw: Draw;
  readonly situation: Situation;
}

/** Null where there is nothing to get wrong in this way. */
type Bug = (files: Files, around: Around) => Files | null;

/** One mistake, or two of different kinds. */
export function withBugs(files: Files, seed: number, situation: Situation): Files {
  const draw = drawing(seed, 'clumsy');
  const wanted = draw() < 0.5 ? 1 : 2;
  let planted = 0;
  let current = files;
  for (const bug of shuffled([...BUGS.values()], draw)) {
    if (planted === wanted) break;
    const next = bug(current, { draw, situation });
    if (next === null) continue;
    current = next;
    planted += 1;
  }
  return current;
}

type Change = (found: string, draw: Draw) => string;

/** By name. */
export const BUGS: ReadonlyMap<string, Bug> = new Map<string, Bug>([
  [
    'misspelt name',
    inEvaluated(/(?<=[(=] ?)(?:features|model|task|config|seed|settings)\b(?![=(])/g, misspelt),
  ],
  ['misspelt attribute', inEvaluated(/(?<=\btask\.)[a-z_]{5,}/g, misspelt)],
  ['misspelt key', inEvaluated(/(?<=config\[")\w{3,}(?="\])/g, misspelt)],
  ['unknown argument', inEvaluated(/(?<=[(,] ?)(?:seed|scale|style|max_iter)(?==)/g, misspelt)],
  ['wrong import', inProgram(/(?<=^from modelling\.\w+ import (?:\w+, )*)\w+$/gm, misspelt)],
  ['wrong module', inProgram(/(?<=^from modelling\.)\w+(?= import )/gm, misspelt)],
  ['forgotten import', forgottenImport],
  ['missing colon', inProgram(/(?<=^def build\(.*\)):$/gm, () => '')],
  ['open bracket', inStatement(/\)$/g, () => '')],
  ['stray indent', inStatement(/^ {4}(?=\S)/g, () => '      ')],
  ['forgotten return', forgottenReturn],
  ['axis too far', inProgram(/(?<=\bX\.shape\[)1(?=\])/g, () => '2')],
  ['gaps not filled', gapsNotFilled],
  ['misspelt setting', inSettings((name, value, draw) => [misspelt(name, draw), value])],
  ['text for a number', inSettings((name, value) => [name, value.replace(/^\d+$/, '"$&"')])],
  ['comma too many', (files) => withSettings(files, (text) => text.replace(/\n\}/, ',\n}'))],
  ['settings forgotten', (files) => withSettings(files, () => '{}\n')],
]);

/** In the beginning of a statement of `build` that is certain to run; not in the first, which others lean on. */
function inStatement(pattern: RegExp, change: Change): Bug {
  return (files, around) => {
    const lines = executedLines(programLines(files), around.situation).slice(1);
    return inLine(files, around, {
      indices: indicesOf(lines.filter(({ begins }) => begins)),
      pattern,
      change,
    });
  };
}

/** In a line of `build` of which every part is evaluated. */
function inEvaluated(pattern: RegExp, change: Change): Bug {
  return (files, around) => inLine(files, around, { indices: evaluated(files, around), pattern, change });
}

function inLine(
  files: Files,
  { draw }: Around,
  { indices, pattern, change }: { indices: readonly number[]; pattern: RegExp; change: Change },
): Files | null {
  const lines = programLines(files);
  const chosen = oneOf(
    indices.filter((index) => lines[index]?.match(pattern)),
    draw,
  );
  if (chosen === null) return null;
  const changed = lines.with(chosen, replacedMatch(lines[chosen] ?? '', { pattern, change }, draw));
  return new Map(files).set(PROGRAM, changed.join('\n'));
}

function inProgram(pattern: RegExp, change: Change): Bug {
  return (files, { draw }) => {
    const program = files.get(PROGRAM) ?? '';
    const changed = replacedMatch(program, { pattern, change }, draw);
    return changed === program ? null : new Map(files).set(PROGRAM, changed);
  };
}

/** In the line of a setting that the program is certain to use. */
function inSettings(change: (name: string, value: string, draw: Draw) => [name: string, value: string]): Bug {
  return (files, around) => {
    const used = usedSettings(files, around);
    return withSettings(files, (text) => {
      const lines = [...text.matchAll(/^ {2}"(\w+)": (.+?)(?=,?$)/gm)].flatMap(
        ([line, name = '', value = '']) => {
          const [changedName, changedValue] = change(name, value, around.draw);
          const changed = `  "${changedName}": ${changedValue}`;
          return used.has(name) && changed !== line ? [[line, changed] as const] : [];
        },
      );
      const [line, changed] = oneOf(lines, around.draw) ?? ['', ''];
      return text.replace(line, () => changed);
    });
  };
}

function withSettings(files: Files, change: (text: string) => string): Files | null {
  const text = files.get(SETTINGS) ?? '';
  const changed = change(text);
  return changed === text ? null : new Map(files).set(SETTINGS, changed);
}

/** The import of something that is certain to be used. */
function forgottenImport(files: Files, around: Around): Files | null {
  const lines = programLines(files);
  const used = evaluated(files, around)
    .map((index) => lines[index] ?? '')
    .join('\n');
  const indices = [...lines.keys()].filter((index) => {
    const name = lines[index]?.match(/^from modelling\.\w+ import (\w+)$/)?.[1];
    return name !== undefined && new RegExp(`\\b${name}\\b`).test(used);
  });
  const chosen = oneOf(indices, around.draw);
  return chosen === null ? null : new Map(files).set(PROGRAM, lines.toSpliced(chosen, 1).join('\n'));
}

/** Where it is the last of `build`: elsewhere the lines below would run instead, and might do. */
function forgottenReturn(files: Files, around: Around): Files | null {
  const lines = programLines(files);
  const last = executedLines(lines, around.situation).findLast(({ begins }) => begins)?.index;
  const below = lines.slice((last ?? 0) + 1).find((line) => line.trim() !== '');
  if (last === undefined || (below !== undefined && /^\s/.test(below))) return null;
  return inLine(files, around, { indices: [last], pattern: /(?<=^ {4})return /g, change: () => '' });
}

/** Only where there are gaps, and an estimator behind that cannot take them. */
function gapsNotFilled(files: Files, around: Around): Files | null {
  const { missing, images } = around.situation;
  if (!missing || images || /style=/.test(files.get(PROGRAM) ?? '')) return null;
  return inProgram(/TableFeatures\(task\.features, /g, (found) => `${found}style="boosting", `)(
    files,
    around,
  );
}

/** Lines that run, without those of which one part or the other is left out. */
function evaluated(files: Files, { situation }: Around): number[] {
  const lines = programLines(files);
  return indicesOf(executedLines(lines, situation)).filter(
    (index) => !/ if .* else /.test(lines[index] ?? ''),
  );
}

function usedSettings(files: Files, around: Around): Set<string> {
  const lines = programLines(files);
  const used = evaluated(files, around).flatMap(
    (index) => lines[index]?.match(/(?<=config\[")\w+(?="\])/g) ?? [],
  );
  return new Set(used);
}

function programLines(files: Files): string[] {
  return (files.get(PROGRAM) ?? '').split('\n');
}

function indicesOf(lines: readonly { readonly index: number }[]): number[] {
  return lines.map(({ index }) => index);
}

/** Changes one of the places that match. */
function replacedMatch(
  text: string,
  { pattern, change }: { pattern: RegExp; change: Change },
  draw: Draw,
): string {
  const found = oneOf([...text.matchAll(pattern)], draw);
  if (found === null) return text;
  const [word] = found;
  return `${text.slice(0, found.index)}${change(word, draw)}${text.slice(found.index + word.length)}`;
}
