/** A task for a folder whose units are rows of a table, by rule: what people who publish such folders usually mean. */
import type { FolderProfile, TaskProposal } from '@modelwright/contracts';
import { type BareFolder, type Profiles, portraitOf } from './bare-folder.ts';
import { type Belongings, belongings, NOTHING } from './belongings.ts';
import { longUnits } from './customs/long-units.ts';
import { judgedBy } from './judged-by.ts';
import { findPicture } from './picture.ts';
import { descriptionOf, type Proposal, taskName } from './proposed.ts';
import { findRowId, isNamedLikeAnId } from './row-id.ts';
import { listed, type Tables } from './tables.ts';
import { findTarget, type TargetFound } from './target.ts';

type Data = TaskProposal['data'];
type Target = Extract<TargetFound, { kind: 'found' }>;

/** @param survey What the folder holds beside its tables; null where there is nothing else. */
export function proposeTask(
  folder: BareFolder,
  tables: Tables,
  profiles: Profiles,
  survey: FolderProfile | null = null,
): Proposal {
  const target = findTarget(folder, profiles);
  if (target.kind === 'unclear') return target;
  const long = longUnits(profiles);
  const id = long === null ? findRowId(profiles, target.column) : null;
  const beside = survey === null ? NOTHING : belongings(survey, tables, id);
  const judged = judgedBy(folder, profiles, target);
  const form = formOf(profiles, tables, long?.unit ?? id);
  return {
    kind: 'proposed',
    task: {
      name: taskName(folder),
      description: descriptionOf(
        folder,
        `Predict ${target.columns.join(', ')} from the other columns of ${tables.train}.`,
      ),
      data: { ...shapeOf(profiles, target, id, long), ...filesOf(tables, profiles, beside), ...form.data },
      metric: judged.metric,
    },
    doubts: [
      ...tables.doubts,
      ...target.doubts,
      ...beside.doubts,
      ...unused(tables, beside),
      ...judged.doubts,
      ...form.doubts,
      ...(long === null ? repeats(profiles, target.column, id) : []),
    ],
  };
}

/** What a unit is, and what is answered of it. */
function shapeOf(
  profiles: Profiles,
  target: Target,
  id: string | null,
  long: ReturnType<typeof longUnits>,
): Pick<Data, 'layout' | 'target' | 'id' | 'image' | 'unit' | 'order'> {
  const [only] = target.columns;
  const answered = { target: target.columns.length === 1 && only !== undefined ? only : [...target.columns] };
  if (long !== null) {
    const { unit, order } = long;
    return { layout: 'long', ...answered, unit, ...(order === null ? {} : { order }) };
  }
  const image = findPicture(profiles, target.column, id);
  const named = id === null ? {} : { id };
  return image === null
    ? { layout: 'table', ...answered, ...named }
    : { layout: 'pixels', ...answered, ...named, image };
}

/** Where everything stands. Units that only the sample lists are those to predict when files or tables say more of them. */
function filesOf(tables: Tables, { train, test }: Profiles, beside: Belongings) {
  const listedBySample = beside === NOTHING ? null : tables.sample;
  const units = test === null ? listedBySample : tables.test;
  return {
    ...(beside.archives.length === 0 ? {} : { archives: [...beside.archives] }),
    train: tables.train,
    ...(units === null ? {} : { test: units }),
    ...(beside.files === null ? {} : { files: beside.files }),
    ...(beside.tables === null ? {} : { tables: beside.tables }),
    ...(train.delimiter === null ? {} : { delimiter: train.delimiter }),
    ...(train.encoding === null ? {} : { encoding: train.encoding }),
  };
}

function formOf({ sample }: Profiles, tables: Tables, id: string | null) {
  if (sample === null || tables.sample === null) return { data: {}, doubts: [] };
  if (id !== null && sample.names.includes(id)) {
    return { data: { sample_submission: tables.sample }, doubts: [] };
  }
  const why = id === null ? 'no column names the rows of all tables' : `it has no column ${id}`;
  return {
    data: {},
    doubts: [`${sample.file} is left aside because ${why}: the submission has a form of its own`],
  };
}

function unused({ others }: Tables, beside: Belongings): string[] {
  const left = others.filter((path) => !beside.paths.includes(path));
  return left.length === 0 ? [] : [`these tables are not used: ${listed(left)}`];
}

/** A column called id whose values come again may say which rows belong together. */
function repeats({ train }: Profiles, target: string, id: string | null): string[] {
  const names = train.names.filter(
    (name) =>
      name !== target && name !== id && isNamedLikeAnId(name) && portraitOf(train, name)?.unique === false,
  );
  return names.map(
    (name) => `${name} comes again on several rows: if new rows will have new ones, split by group ${name}`,
  );
}
