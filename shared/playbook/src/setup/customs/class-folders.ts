/** `train/cat/1.jpg`, `train/dog/2.jpg`: the folder that a file lies in is its label. */
import type { FolderProfile } from '@modelwright/contracts';
import type { FolderUnits } from './folder-units.ts';
import { archivesOf, mediaBelow } from './media.ts';
import { isTesting, isTraining, lastOf, testFolder } from './parts.ts';

const PART = /^(train(ing)?|test(ing)?|val(id(ation)?)?|dev|eval(uation)?|masks?|labels?|annotations?)$/i;

export function classFolders(survey: FolderProfile): FolderUnits | null {
  const parents = survey.siblings.filter(
    ({ path, folders, count }) =>
      count >= 2 &&
      !isTesting(lastOf(path)) &&
      !folders.some(({ name }) => PART.test(name)) &&
      mediaBelow(survey, path) !== null,
  );
  const [train] = parents.toSorted((a, b) => Number(isTraining(b.path)) - Number(isTraining(a.path)));
  const found = train === undefined ? null : mediaBelow(survey, train.path);
  if (train === undefined || found === null) return null;
  const test = testFolder(survey, found.media, train.path);
  const archives = archivesOf(survey, [train.path, ...(test === null ? [] : [test])]);
  return {
    data: {
      layout: 'folder',
      ...(archives.length === 0 ? {} : { archives }),
      train: train.path,
      ...(test === null ? {} : { test }),
      media: found.media,
      label: { from: 'folder' },
      target: 'label',
    },
    answers: 'classes',
    doubts: [
      ...(isTraining(train.path) ? [] : [`the folders below ${train.path} are taken for the labels`]),
      ...(parents.length > 1 ? [`other folders of labels are not used: ${others(parents, train.path)}`] : []),
    ],
  };
}

function others(parents: readonly { readonly path: string }[], used: string): string {
  return parents.flatMap(({ path }) => (path === used ? [] : [path || 'the folder itself'])).join(', ');
}
