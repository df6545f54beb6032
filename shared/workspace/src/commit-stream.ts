/**
 * A commit as a stream for `git fast-import`: the whole tree in one process. Author, date and message are given, so the
 * same tree on the same parent is the same commit, whoever makes it and however often.
 */
import type { StoredFile } from './folder.ts';
import { BRANCH } from './git.ts';

export interface CommitRequest {
  readonly files: readonly StoredFile[];
  readonly parent: string | null;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const AUTHOR = 'Modelwright <modelwright@localhost>';

export function* commitStream(request: CommitRequest): Generator<Uint8Array> {
  const message = Buffer.from(`${request.message}\n`);
  yield text('feature done\nfeature get-mark\n');
  yield text(`commit ${BRANCH}\nmark :1\ncommitter ${AUTHOR} ${Math.floor(request.at / 1000)} +0000\n`);
  yield text(`data ${message.length}\n`);
  yield message;
  if (request.parent !== null) yield text(`\nfrom ${request.parent}`);
  yield text('\ndeleteall\n');
  for (const file of request.files) {
    yield text(`M ${file.executable ? '100755' : '100644'} inline ${quoted(file.path)}\n`);
    yield text(`data ${file.bytes.length}\n`);
    yield file.bytes;
    yield text('\n');
  }
  yield text('get-mark :1\ndone\n');
}

/** Quoted always: a path that begins with a quotation mark would be read as one otherwise. Control characters never come here. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function text(line: string): Uint8Array {
  return Buffer.from(line, 'utf8');
}
