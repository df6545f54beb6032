/** Which column holds the answer: what the sample asks for, what the test table lacks, what columns are called. */
import type { TableProfile } from '@modelwright/contracts';
import { type BareFolder, type Profiles, portraitOf } from './bare-folder.ts';

export type TargetFound =
  | {
      readonly kind: 'found';
      readonly column: string;
      /** All of them, where several are asked for; `column` is then the first. */
      readonly columns: readonly string[];
      /** The sample has one column for each class. */
      readonly classColumns: boolean;
      readonly doubts: readonly string[];
    }
  | { readonly kind: 'unclear'; readonly reason: string };

/** What the answer is usually called, the likeliest first. */
const NAMES = ['target', 'label', 'class', 'labels', 'outcome', 'y', 'response', 'answer', 'output'];

export function findTarget(folder: BareFolder, { train, test, sample }: Profiles): TargetFound {
  const lacking = test === null ? [] : (train.against?.onlyHere ?? []);
  const candidates = lacking.length > 0 ? lacking : train.names;
  const asked = sample === null ? [] : besidesId(sample, test);
  const answers = asked.filter((name) => train.names.includes(name));
  const [answer] = answers;
  if (answer !== undefined) return { ...found(answer), columns: answers };
  const classes = candidates.find((name) => areClassesOf(asked, train, name));
  if (classes !== undefined) return { ...found(classes), classColumns: true };
  const [only] = candidates;
  if (lacking.length === 1 && only !== undefined) return found(only);
  return guessed(folder, train, candidates);
}

function found(column: string, ...doubts: readonly string[]) {
  return { kind: 'found', column, columns: [column], classColumns: false, doubts } as const;
}

/** What stands in the sample beside the name of the row. */
function besidesId(sample: TableProfile, test: TableProfile | null): string[] {
  const id = sample.names.find((name) => test?.names.includes(name)) ?? sample.names[0];
  return sample.names.filter((name) => name !== id);
}

/** Whether the columns are the values of `target`, all behind one prefix such as `p_`. */
function areClassesOf(columns: readonly string[], train: TableProfile, target: string): boolean {
  const portrait = portraitOf(train, target);
  const values = portrait?.levels?.map(({ value }) => value) ?? [];
  const [first] = values;
  if (first === undefined || columns.length < 2 || portrait?.distinct !== columns.length) return false;
  const prefixes = columns.filter((name) => name.endsWith(first)).map((name) => name.slice(0, -first.length));
  return prefixes.some((prefix) => values.every((value) => columns.includes(`${prefix}${value}`)));
}

function guessed(
  { description }: BareFolder,
  train: TableProfile,
  candidates: readonly string[],
): TargetFound {
  const named = NAMES.flatMap((name) => candidates.filter((one) => one.toLowerCase() === name))[0];
  if (named !== undefined) return found(named, `the target is ${named} by its name`);
  const mentioned = mentionedIn(description ?? '', candidates);
  if (mentioned !== null) {
    return found(
      mentioned,
      `the target is ${mentioned} because the description says so, as far as rules can read it`,
    );
  }
  const last = candidates.findLast((name) => portraitOf(train, name)?.unique !== true);
  if (last === undefined) return { kind: 'unclear', reason: `no column of ${train.file} can be the answer` };
  return found(
    last,
    `nothing says what is to be predicted: ${last} is taken, the last column of ${train.file}`,
  );
}

/** The column that is named nearest after a word of predicting, within one sentence. */
function mentionedIn(text: string, columns: readonly string[]): string | null {
  const sentences = text.split(/(?<=[.!?])\s+|\n{2,}|\n(?=[#*-])/);
  for (const sentence of sentences) {
    const word = /predict|forecast|estimate|target|answer|classif/i.exec(sentence);
    if (word === null) continue;
    const after = sentence.slice(word.index).toLowerCase();
    const places = columns
      .map((name) => ({ name, at: placeOf(after, name.toLowerCase()) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length);
    const [nearest] = places;
    if (nearest !== undefined) return nearest.name;
  }
  return null;
}

/** Where it stands as a word of its own; -1 where it does not. */
function placeOf(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text.charAt(at - 1)}${text.charAt(at + word.length)}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return at;
  }
  return -1;
}
