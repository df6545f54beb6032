/** Tells the run actor how an assignment stands. Ids name the stop or the end, so telling it twice is harmless. */
import type { Inbox } from '@modelwright/agent';
import type { Streams } from '@modelwright/bus';
import { type Assignment, assignmentFinished, assignmentParked, inboxSubject } from '@modelwright/contracts';

export function runInbox(streams: Streams, assignment: Pick<Assignment, 'id' | 'run'>): Inbox {
  const { id, run } = assignment;
  const envelope = { subject: inboxSubject(run), cause: id, run };
  return {
    parked: async (stop, condition) => {
      const body = { type: 'assignment-parked' as const, run, assignment: id, stop, condition };
      const messageId = `${id}:parked:${stop}`;
      await streams.publish({ ...envelope, definition: assignmentParked, body, messageId });
    },
    finished: async (body) => {
      const messageId = `${id}:finished`;
      await streams.publish({ ...envelope, definition: assignmentFinished, body, messageId });
    },
  };
}
