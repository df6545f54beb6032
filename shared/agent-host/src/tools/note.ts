import {
  defineTool,
  failed,
  NOTE,
  noteArguments,
  notesTaken,
  succeeded,
  type Tool,
} from '@modelwright/agent';

/** What is noted goes out with the final message, and from there to every later agent of the run. */
export function note(): Tool {
  return defineTool({
    name: NOTE,
    description:
      'Notes something about the data that later agents of this run should know and cannot read off the data card. It goes to all of them, and into the report. No plans, no progress, no scores of single trainings. Answers its number, by which a later note can replace it.',
    args: noteArguments,
    run: ({ replaces }, { transcript }) => {
      const earlier = notesTaken(transcript).length;
      return Promise.resolve(
        replaces !== undefined && replaces > earlier
          ? failed(`note: there is no note ${replaces}; you have taken ${earlier}`)
          : succeeded(
              `Noted as ${earlier + 1}${replaces === undefined ? '' : `, in the place of ${replaces}`}.`,
            ),
      );
    },
  });
}
