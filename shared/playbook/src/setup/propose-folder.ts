/** A task for a folder in which the files themselves are the units. */
import type { FolderProfile } from '@modelwright/contracts';
import type { BareFolder } from './bare-folder.ts';
import { folderUnits } from './customs/folder-units.ts';
import { judgedFiles } from './judged-by.ts';
import { descriptionOf, type Proposed, taskName } from './proposed.ts';

/** Null where no custom says what the files' labels are. */
export function proposeFolder(folder: BareFolder, survey: FolderProfile): Proposed | null {
  const units = folderUnits(survey);
  if (units === null) return null;
  const judged = judgedFiles(folder, units.answers);
  const { target, train } = units.data;
  return {
    kind: 'proposed',
    task: {
      name: taskName(folder),
      description: descriptionOf(
        folder,
        `Predict the ${target} of each file below ${train || 'the folder'}.`,
      ),
      data: units.data,
      metric: judged.metric,
    },
    doubts: [...units.doubts, ...judged.doubts],
  };
}
