/** A task for a folder that has none, by rule: what people who publish such folders usually mean. */
import type { TaskProposal } from '@modelwright/contracts';
import { type BareFolder, type Profiles, portraitOf } from './bare-folder.ts';
import { judgedBy } from './judged-by.ts';
import { findPicture } from './picture.ts';
import { findRowId, isNamedLikeAnId } from './row-id.ts';
import type { Tables } from './tables.ts';
import { findTarget } from './target.ts';

export interface Proposed {
  readonly kind: 'proposed';
  readonly task: TaskProposal;
  /** What was guessed, each in a sentence. */
  readonly doubts: readonly string[];
}

export type Proposal = Proposed | { readonly kind: 'unclear'; readonly reason: string };

const MOST_DESCRIPTION = 8000;
const MOST_NAME = 100;

export function proposeTask(folder: BareFolder, tables: Tables, profiles: Profiles): Proposal {
  const target = findTarget(folder, profiles);
  if (target.kind === 'unclear') return target;
  const { column } = target;
  const id = findRowId(profiles, column);
  const image = findPicture(profiles, column, id);
  const judged = judgedBy(folder, profiles, target);
  const { train, test, sample } = profiles;
  const handsIn = sample !== null && id !== null && sample.names.includes(id);
  return {
    kind: 'proposed',
    task: {
      name: folder.name.slice(0, MOST_NAME) || 'task',
      description: descriptionOf(folder, column, tables),
      data: {
        layout: image === null ? 'table' : 'pixels',
        train: tables.train,
        ...(test === null || tables.test === null ? {} : { test: tables.test }),
        ...(handsIn && tables.sample !== null ? { sample_submission: tables.sample } : {}),
        ...(id === null ? {} : { id }),
        target: column,
        ...(image === null ? {} : { image }),
        ...(train.delimiter === null ? {} : { delimiter: train.delimiter }),
        ...(train.encoding === null ? {} : { encoding: train.encoding }),
      },
      metric: judged.metric,
    },
    doubts: [
      ...tables.doubts,
      ...target.doubts,
      ...judged.doubts,
      ...(sample === null || handsIn ? [] : [sampleDoubt(sample.file, id)]),
      ...repeats(profiles, column, id),
    ],
  };
}

function descriptionOf({ description }: BareFolder, target: string, { train }: Tables): string {
  if (description === null || description.trim() === '') {
    return `Predict ${target} from the other columns of ${train}.`;
  }
  return description.trim().slice(0, MOST_DESCRIPTION);
}

function sampleDoubt(file: string, id: string | null): string {
  const why = id === null ? 'no column names the rows of all tables' : `it has no column ${id}`;
  return `${file} is left aside because ${why}: the submission has a form of its own`;
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
