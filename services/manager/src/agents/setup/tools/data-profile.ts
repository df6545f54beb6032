import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { relativePath } from '@modelwright/contracts';
import { z } from 'zod';
import { sentence } from '../../../adapters/harness.ts';
import type { SetupSeat } from '../setup-seat.ts';
import { orFailed } from './or-failed.ts';

const NO_TABLE = /\.(zip|gz|tgz|bz2|xz|7z|tar|feather|xlsx?|png|jpe?g|wav|mp3|npy|npz|pdf|py|md)$/i;

export function dataProfile({
  folder,
  files,
  harness,
}: Pick<SetupSeat, 'folder' | 'files' | 'harness'>): Tool {
  return defineTool({
    name: 'data_profile',
    description:
      'Looks at all rows of a table (CSV, TSV, JSON lines, JSON, Parquet) and says what its columns hold: kind, missing share, number of different values, range, commonest values, examples, and whether each value stands once. With `against`, also which columns only one of two files has.',
    args: z.object({
      path: relativePath.describe('as list_files has it'),
      against: relativePath.optional().describe('another table, such as the test file'),
      archives: z
        .array(relativePath)
        .max(100)
        .optional()
        .describe('those that hold the files: they are unpacked where they lie'),
    }),
    run: async ({ path, against, archives }) => {
      for (const name of [path, ...(against === undefined ? [] : [against])]) {
        if (archives === undefined && !files.some((file) => file.path === name))
          return failed(`data_profile: there is no file ${name}`);
        if (NO_TABLE.test(name)) return failed(`data_profile: ${name} is no table`);
      }
      const compared = {
        ...(against === undefined ? {} : { against }),
        ...(archives === undefined ? {} : { archives }),
      };
      return await orFailed('data_profile', async () => {
        const told = await harness.profile({ folder, file: path, ...compared });
        return told.kind === 'done'
          ? succeeded(JSON.stringify(told.answer))
          : failed(`data_profile: ${told.problems.map(sentence).join(' ')}`);
      });
    },
  });
}
