/** Which stream stores a subject: decided by its first words, as planned in streams.ts. */
import { PermanentFailure } from '../failure.ts';
import type { StreamName } from './names.ts';
import { STREAMS } from './streams.ts';

export function streamOfSubject(subject: string): StreamName {
  const stream = STREAMS.find(({ subjects }) =>
    subjects.some((planned) => subject.startsWith(fixedPart(planned))),
  );
  if (stream !== undefined) return stream.name;
  throw new PermanentFailure('bad-request', `No stream stores the subject ${subject}.`);
}

/** `mw.v1.run.*.log` → `mw.v1.run.` */
const fixedPart = (subject: string) => subject.slice(0, subject.search(/[*>]/));
