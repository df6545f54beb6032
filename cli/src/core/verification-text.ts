/** What a verification of a folder of results says. */
import type { FilesCompared } from '@modelwright/report';
import { countText } from './text/quantity.ts';
import { harmless } from './text/shorten.ts';
import { isUnchanged, type Verification } from './verification.ts';

/** Of each kind; the count says how many there are. */
const MOST_SHOWN = 10;

export function verificationLines(compared: FilesCompared): string[] {
  const { same, changed, missing, unknown } = compared;
  return [
    ...listed('changed', changed),
    ...listed('missing', missing),
    ...listed('not stated, so nothing is known of them', unknown),
    isUnchanged(compared)
      ? `All ${countText(same.length, 'file')} are as they were delivered.`
      : `NOT as delivered: ${countText(changed.length + missing.length, 'file')} of ${same.length + changed.length + missing.length}.`,
  ];
}

export function submissionLines(verdict: Verification['submission']): string[] {
  switch (verdict?.kind) {
    case undefined:
      return [];
    case 'valid':
      return [`submission.csv has the form that was asked for: ${countText(verdict.rows, 'row')}.`];
    case 'invalid':
      return [
        'submission.csv CANNOT be handed in:',
        ...verdict.faults.map((fault) => `  ${harmless(fault)}`),
      ];
    case 'unchecked':
      return [`The form of submission.csv was not checked: ${verdict.reason}.`];
  }
}

/** Those below one folder of the top are one line where they are many: an environment has thousands. */
function listed(title: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const shown = paths.length <= MOST_SHOWN ? paths : byFolder(paths);
  const more = shown.length > MOST_SHOWN ? [`  and ${shown.length - MOST_SHOWN} more`] : [];
  return [`${title}:`, ...shown.slice(0, MOST_SHOWN).map((path) => `  ${harmless(path)}`), ...more];
}

function byFolder(paths: readonly string[]): string[] {
  const folders = Map.groupBy(paths, (path) => (path.includes('/') ? `${path.split('/')[0]}/` : path));
  return [...folders].map(([folder, all]) =>
    folder.endsWith('/') ? `${folder} (${countText(all.length, 'file')})` : folder,
  );
}
