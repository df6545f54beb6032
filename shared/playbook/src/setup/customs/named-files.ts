/** `cat.0.jpg`, `dog_17.jpg`: a file's name begins with its label. */
import type { FolderProfile } from '@modelwright/contracts';
import type { FolderUnits } from './folder-units.ts';
import { archivesOf, mediaBelow } from './media.ts';
import { isTesting, isTraining, testFolder } from './parts.ts';

/** Words before the first number; in a pattern `#` stands for a number. */
const WORDS = /^([A-Za-z]+(?:[ _-][A-Za-z]+)*?)[._ -]*#/;
/** The same on the name itself, for the harness. */
const LABELLED = '(?:^|/)(?P<target>[A-Za-z]+(?:[ _-][A-Za-z]+)*?)[._ -]*[0-9][^/]*$';
const MOST_LABELS = 200;
/** Share of the files whose names follow the custom. */
const NEARLY_ALL = 0.98;

type Folder = FolderProfile['folders'][number];

export function namedFiles(survey: FolderProfile): FolderUnits | null {
  const fitting = survey.folders.filter(
    (folder) =>
      !isTesting(folder.path) && mediaBelow(survey, folder.path) !== null && labelsIn(folder) !== null,
  );
  const [train] = fitting.toSorted(
    (a, b) => Number(isTraining(b.path)) - Number(isTraining(a.path)) || b.files - a.files,
  );
  const found = train === undefined ? null : mediaBelow(survey, train.path);
  if (train === undefined || found === null || train.path === '') return null;
  const test = testFolder(survey, found.media, train.path);
  const archives = archivesOf(survey, [train.path, ...(test === null ? [] : [test])]);
  const labels = labelsIn(train) ?? [];
  return {
    data: {
      layout: 'folder',
      ...(archives.length === 0 ? {} : { archives }),
      train: train.path,
      ...(test === null ? {} : { test }),
      media: found.media,
      label: { from: 'name', pattern: LABELLED },
      target: 'label',
    },
    answers: 'classes',
    doubts: [`labels are read from the names of files: ${labels.slice(0, 5).join(', ')}`],
  };
}

/** Null where names do not tell two labels or more apart. */
function labelsIn({ files, patterns }: Folder): string[] | null {
  const told = patterns.flatMap((one) => {
    const label = WORDS.exec(one.pattern)?.[1];
    return label === undefined ? [] : [{ label, files: one.files }];
  });
  const covered = told.reduce((sum, one) => sum + one.files, 0);
  const labels = [...new Set(told.map(({ label }) => label))];
  const repeated = labels.every((label) => told.some((one) => one.label === label && one.files > 1));
  const distinct = labels.length >= 2 && labels.length <= MOST_LABELS && repeated;
  return distinct && covered >= NEARLY_ALL * files ? labels : null;
}
