/** Which table of a folder is for what, by names alone: the customs of Kaggle and its like. */

export interface FolderFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

export interface Tables {
  readonly train: string;
  /** The rows to predict. */
  readonly test: string | null;
  /** How predictions are handed in. */
  readonly sample: string | null;
  /** Further ones, of which some may belong to the units. */
  readonly others: readonly string[];
  readonly doubts: readonly string[];
}

export type TablesFound =
  | ({ readonly kind: 'found' } & Tables)
  | { readonly kind: 'unclear'; readonly reason: string };

const TABLE = /\.(csv|tsv|tab)$/i;
const SAMPLE = /submission|sample[_-]?(solution|sub)|example[_-]?entry/i;
/** Answers that stand apart from what they are about: `y_train.csv`, `train_labels.csv`. */
const ANSWERS = /(^|[^a-z])(y|labels?|targets?|answers?)([^a-z]|$)/i;
const TRAIN = /(^|[^a-z])train/i;
const TEST = /(^|[^a-z])(test|eval(uation)?|unlabell?ed|to[_-]?predict)/i;
const SHOWN = 5;

export function tablesOf(files: readonly FolderFile[]): TablesFound {
  const found = tablesAmong(files.filter(({ path }) => TABLE.test(path)));
  return found ?? { kind: 'unclear', reason: reasonFor(files) };
}

/** Null where none can hold answers. */
export function tablesAmong(tables: readonly FolderFile[]): (TablesFound & { kind: 'found' }) | null {
  const sample = likeliest(tables, SAMPLE);
  const data = tables.filter(({ path }) => !SAMPLE.test(path));
  const apart = answersApart(data);
  const test = apart === null ? likeliest(data.filter(isNoTraining), TEST) : null;
  const others = data.filter((file) => file !== test);
  const train = apart ?? likeliest(others, TRAIN) ?? largest(others);
  if (train === null) return null;
  const guessed = apart === null && !TRAIN.test(nameOf(train.path)) && others.length > 1;
  return {
    kind: 'found',
    train: train.path,
    test: test?.path ?? null,
    sample: sample?.path ?? null,
    others: data.filter((file) => file !== train && file !== test).map(({ path }) => path),
    doubts: guessed ? [`no table is called train: ${train.path} is taken for being the largest`] : [],
  };
}

const isNoTraining = ({ path }: FolderFile) => !TRAIN.test(nameOf(path));

/** A table of answers beside one of what they are about. */
function answersApart(data: readonly FolderFile[]): FolderFile | null {
  const answers = data.filter(({ path }) => ANSWERS.test(nameOf(path)) && !TEST.test(nameOf(path)));
  return data.length > answers.length ? likeliest(answers, ANSWERS) : null;
}

/** Of those whose name fits: the one least deep, then the shortest name, then the largest. */
function likeliest(files: readonly FolderFile[], pattern: RegExp): FolderFile | null {
  const fitting = files.filter(({ path }) => pattern.test(nameOf(path)));
  return (
    fitting.toSorted(
      (a, b) =>
        depth(a.path) - depth(b.path) ||
        nameOf(a.path).length - nameOf(b.path).length ||
        b.bytes - a.bytes ||
        (a.path < b.path ? -1 : 1),
    )[0] ?? null
  );
}

function largest(files: readonly FolderFile[]): FolderFile | null {
  return files.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))[0] ?? null;
}

function reasonFor(files: readonly FolderFile[]): string {
  const packed = files.filter(({ path }) => /\.(zip|gz|7z|tar|tgz|bz2|xz)$/i.test(path));
  if (packed.length > 0) {
    return `there is no table with answers in the folder, but there are archives: unpack ${listed(packed.map(({ path }) => path))}`;
  }
  return 'there is no table with answers in the folder: a CSV or TSV file, one row a line, is needed';
}

export function listed(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}

export const nameOf = (path: string) => path.split('/').at(-1) ?? '';
const depth = (path: string) => path.split('/').length;
