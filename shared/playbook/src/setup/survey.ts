/** Whether a folder holds more than tables lying openly: then it is looked at as a whole first. */
import { type FolderProfile, folderProfile } from '@modelwright/contracts';
import { readAnswer, type Step } from '../steps.ts';
import { descriptionFile } from './description-file.ts';
import { type FolderFile, type Tables, type TablesFound, tablesAmong, tablesOf } from './tables.ts';

const BESIDE = /\.(md|rst|pdf|html?|docx?|py|ipynb|ya?ml)$|(^|\/)licen[sc]e|(^|\/)readme/i;

/** By its name: what says or shows something and is no data. */
export function isBesideData(path: string): boolean {
  return BESIDE.test(path);
}

/** A survey that fails says nothing: what lies openly is all there is then. */
export function surveyOf(
  files: readonly FolderFile[],
  steps: readonly Step[],
): FolderProfile | 'wanted' | 'needless' {
  const step = steps.find(({ name }) => name === 'folder_profile');
  if (step !== undefined) return (step.failed ? null : readAnswer(step, folderProfile)) ?? 'needless';
  return holdsMore(files) ? 'wanted' : 'needless';
}

function holdsMore(files: readonly FolderFile[]): boolean {
  const tables = tablesOf(files);
  const known = tables.kind === 'found' ? [tables.train, tables.test, tables.sample] : [];
  const words = descriptionFile(files);
  return files.some(({ path }) => !known.includes(path) && path !== words && !isBesideData(path));
}

/** The tables among everything, those in archives too; of a folder that was not looked at, those that lie openly. */
export function tablesIn(
  { files }: { readonly files: readonly FolderFile[] },
  survey: FolderProfile | null,
): TablesFound {
  if (survey === null) return withoutSample(tablesOf(files));
  const tables = survey.tables.map(({ path, rows, width }) => ({ path, bytes: (rows ?? 0) * width }));
  return tablesAmong(tables) ?? tablesOf(files);
}

/** A form to hand in, and no rows to predict. */
function withoutSample(found: TablesFound): TablesFound {
  if (found.kind === 'unclear' || found.test !== null) return found;
  const tables: Tables = { ...found, sample: null };
  return { kind: 'found', ...tables };
}
