import { MemoryTranscript } from './memory-transcript.ts';
import { describeTranscriptConformance } from './transcript-conformance.ts';

describeTranscriptConformance('memory', () => {
  const transcript = new MemoryTranscript();
  return Promise.resolve(() => transcript.hold());
});
