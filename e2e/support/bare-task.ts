/** A task as Kaggle hands it out: data and a description, and no task.yaml. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './modelwright.ts';

const FILES = ['train.csv', 'test.csv', 'sample_submission.csv'];

const DESCRIPTIONS = {
  digits: `# Handwritten digits

Recognise a handwritten digit, 0 to 9, from the 8 by 8 grey values between 0 and 16 in the columns \`pixel_row_column\`.

## Evaluation

Submissions are judged by classification accuracy: the share of digits that are recognised.

## Submission file

For each \`id\` in the test set, predict the \`digit\`.
`,
  'breast-cancer': `# Cell nuclei

Say how likely a breast mass is benign or malignant, from measurements of the cell nuclei in a picture of a fine needle
aspirate. The column \`diagnosis\` holds the answer.

## Evaluation

Submissions are judged by the log loss of the predicted probabilities.
`,
} as const;

/** An example without what its task.yaml says of it. @returns the new folder. */
export async function bareTask(within: string, example: keyof typeof DESCRIPTIONS): Promise<string> {
  const folder = join(within, `bare-${example}`);
  await mkdir(folder, { recursive: true });
  for (const name of FILES) await cp(join(PROJECT, 'examples', example, name), join(folder, name));
  await writeFile(join(folder, 'description.md'), DESCRIPTIONS[example]);
  return folder;
}
