/** What does a folder hold of which nobody has said what it is for? */
import { folderProfile } from '@modelwright/contracts';
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';

const surveyRequest = z.object({
  /** Absolute path. */
  folder: z.string(),
});
export type SurveyRequest = z.infer<typeof surveyRequest>;
export type SurveyAnswer = z.infer<typeof folderProfile>;

const SURVEY: HarnessCommand<SurveyRequest, SurveyAnswer> = {
  name: 'survey',
  request: surveyRequest,
  answer: folderProfile,
  reads: ({ folder }) => [folder],
  writes: () => [],
};

export function survey(
  harness: Harness,
  request: SurveyRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<SurveyAnswer>> {
  return runHarness(harness, SURVEY, request, signal);
}
