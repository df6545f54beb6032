import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { sentence } from '../../../adapters/harness.ts';
import type { SetupSeat } from '../setup-seat.ts';
import { orFailed } from './or-failed.ts';

export function folderProfile({ folder, harness }: Pick<SetupSeat, 'folder' | 'harness'>): Tool {
  return defineTool({
    name: 'folder_profile',
    description:
      'Looks at the folder as a whole, archives opened: which folders hold how many files of which endings and names, subfolders whose names may be labels, tables with their columns, sizes of images and which look like masks, and which files the rows of which table name.',
    args: z.object({}),
    run: () =>
      orFailed('folder_profile', async () => {
        const told = await harness.survey({ folder });
        return told.kind === 'done'
          ? succeeded(JSON.stringify(told.answer))
          : failed(`folder_profile: ${told.problems.map(sentence).join(' ')}`);
      }),
  });
}
