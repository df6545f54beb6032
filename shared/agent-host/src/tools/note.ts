import { defineTool, NOTE, noteArguments, succeeded, type Tool } from '@modelwright/agent';

/** What is noted goes out with the final message, and from there to every later agent of the run. */
export function note(): Tool {
  return defineTool({
    name: NOTE,
    description:
      'Notes something about the data that later agents of this run should know and cannot read off the data card. It goes to all of them, and into the report. No plans, no progress, no scores of single trainings.',
    args: noteArguments,
    run: () => Promise.resolve(succeeded('Noted.')),
  });
}
