/** `images/7.png` beside `masks/7.png`: of every image, which of its pixels belong to something. */
import type { FolderProfile } from '@modelwright/contracts';
import type { FolderUnits } from './folder-units.ts';
import { archivesOf, mediaBelow } from './media.ts';
import { isTesting, lastOf, testFolder } from './parts.ts';

const MASK = /mask|segment|ground[_-]?truth/i;

export function maskPairs(survey: FolderProfile): FolderUnits | null {
  const binary = new Set(survey.images.flatMap(({ folder, binary: two }) => (two ? [folder] : [])));
  const pairs = survey.matches
    .filter(({ column }) => column === null)
    .flatMap(({ folder, other, shared }) => [
      { images: folder, masks: other, shared },
      { images: other, masks: folder, shared },
    ])
    .filter(
      ({ images, masks }) =>
        binary.has(masks) && !binary.has(images) && !isTesting(images) && !isTesting(masks),
    );
  const [pair] = pairs.toSorted(
    (a, b) => Number(MASK.test(lastOf(b.masks))) - Number(MASK.test(lastOf(a.masks))) || b.shared - a.shared,
  );
  const ending = pair === undefined ? null : mediaBelow(survey, pair.masks)?.ending;
  if (pair === undefined || ending === null || ending === undefined) return null;
  const test = testFolder(survey, 'image', pair.images);
  const archives = archivesOf(survey, [pair.images, pair.masks, ...(test === null ? [] : [test])]);
  return {
    data: {
      layout: 'folder',
      ...(archives.length === 0 ? {} : { archives }),
      train: pair.images,
      ...(test === null ? {} : { test: imagesIn(survey, test) }),
      media: 'image',
      label: { from: 'file', path: `${pair.masks}/{stem}.${ending}`, media: 'mask' },
      target: 'mask',
    },
    answers: 'masks',
    doubts: [
      `${pair.masks} is taken for the masks of ${pair.images}: its images are black and one other value`,
    ],
  };
}

/** Of `test/images` and `test/masks`, the former. */
function imagesIn(survey: FolderProfile, test: string): string {
  const inside = survey.folders.filter(
    ({ path, files }) => files > 0 && path.startsWith(`${test}/`) && !MASK.test(lastOf(path)),
  );
  const [only] = inside;
  return inside.length === 1 && only !== undefined ? only.path : test;
}
