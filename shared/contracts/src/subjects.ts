/** The prefix of every subject, and wildcards for those who read whole families of them. */
import { partitionOf, type RunId } from './ids.ts';

export const PREFIX = 'mw.v1';

export const inboxSubject = (run: RunId) => `${PREFIX}.inbox.${partitionOf(run)}.${run}`;
export const inboxPartitionFilter = (partition: number) => `${PREFIX}.inbox.${partition}.>`;
