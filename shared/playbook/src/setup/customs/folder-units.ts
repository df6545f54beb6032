/** Folders in which every file is a unit: the customs by which its label is told. */
import type { FolderProfile, Task } from '@modelwright/contracts';
import { classFolders } from './class-folders.ts';
import { maskPairs } from './mask-pairs.ts';
import { namedFiles } from './named-files.ts';

export interface FolderUnits {
  readonly data: Task['data'];
  /** What is answered of each file. */
  readonly answers: 'classes' | 'masks';
  readonly doubts: readonly string[];
}

/** The most particular first. */
const CUSTOMS: readonly ((survey: FolderProfile) => FolderUnits | null)[] = [
  maskPairs,
  classFolders,
  namedFiles,
];

/** Null where no custom fits. */
export function folderUnits(survey: FolderProfile): FolderUnits | null {
  for (const custom of CUSTOMS) {
    const found = custom(survey);
    if (found !== null) return found;
  }
  return null;
}
