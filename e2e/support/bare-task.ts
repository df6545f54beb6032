/** A task as Kaggle hands it out: data and a description, and no task.yaml. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './modelwright.ts';

const FILES = ['train.csv', 'test.csv', 'sample_submission.csv'];

const DIGITS = `# Handwritten digits

Recognise a handwritten digit, 0 to 9, from the 8 by 8 grey values between 0 and 16 in the columns \`pixel_row_column\`.

## Evaluation

Submissions are judged by classification accuracy: the share of digits that are recognised.

## Submission file

For each \`id\` in the test set, predict the \`digit\`.
`;

/** The digits without what the example's task.yaml says of them. @returns the new folder. */
export async function bareDigits(within: string): Promise<string> {
  const folder = join(within, 'bare-digits');
  await mkdir(folder, { recursive: true });
  for (const name of FILES) await cp(join(PROJECT, 'examples', 'digits', name), join(folder, name));
  await writeFile(join(folder, 'description.md'), DIGITS);
  return folder;
}
