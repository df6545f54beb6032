/** For tests of whoever implements the loop's ports. */
export { MemoryTranscript } from './memory-transcript.ts';
export { sampleAssignment } from './sample-assignment.ts';
export { describeTranscriptConformance } from './transcript-conformance.ts';
