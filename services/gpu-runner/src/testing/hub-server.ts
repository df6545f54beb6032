/** A model hub on this machine: repositories with commits, small files served at once, large ones by way of another host. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface HubRepository {
  commit: string;
  licence: string | null;
  /** Path → content; what is longer than a kilobyte is large. */
  files: Record<string, string>;
  needsToken?: boolean;
}

export interface HubVisit {
  /** `hub`, or the host that large files are redirected to. */
  readonly host: 'hub' | 'content';
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
}

export interface TestHub extends AsyncDisposable {
  readonly url: string;
  readonly contentUrl: string;
  readonly repositories: Map<string, HubRepository>;
  readonly visits: HubVisit[];
  /** The next answers with content end after so many bytes, or before their first where it is 0; taken off one by one. */
  readonly cuts: number[];
  /** Of files, by path: what is sent in their place. */
  readonly lies: Map<string, string>;
  /** Does not answer any more. */
  close(): Promise<void>;
}

export const TOKEN = 'hf_of_the_site';
const LARGE = 1024;

export const commitOf = (text: string) => createHash('sha1').update(text).digest('hex');
export const sha256Of = (content: string) => createHash('sha256').update(content).digest('hex');
const gitHashOf = (content: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');

export async function startTestHub(): Promise<TestHub> {
  const repositories = new Map<string, HubRepository>();
  const visits: HubVisit[] = [];
  const cuts: number[] = [];
  const lies = new Map<string, string>();
  const content = await serve((request, response) => {
    note(visits, 'content', request);
    const [, repository = '', path = ''] = /^\/([^/]+\/[^/]+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const found = repositories.get(repository)?.files[path];
    if (found === undefined) answer(response, 404, 'not there');
    else send(cuts, { request, response }, lies.get(path) ?? found);
  });
  const hub = await serve((request, response) => {
    note(visits, 'hub', request);
    const url = new URL(request.url ?? '', 'http://hub');
    const api = /^\/api\/models\/(.+)\/revision\/([^/]+)$/.exec(url.pathname);
    const file = /^\/(.+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname);
    const repository = repositories.get(api?.[1] ?? file?.[1] ?? '');
    if (repository === undefined) return answer(response, 404, 'Repository not found');
    if (repository.needsToken === true && request.headers.authorization !== `Bearer ${TOKEN}`) {
      return answer(response, 401, 'Access is restricted');
    }
    if (api !== null) return answer(response, 200, JSON.stringify(described(repository)));
    const path = decodeURIComponent(file?.[3] ?? '');
    const known = repository.files[path];
    if (known === undefined || file?.[2] !== repository.commit)
      return answer(response, 404, 'Entry not found');
    if (known.length <= LARGE) return send(cuts, { request, response }, lies.get(path) ?? known);
    response.writeHead(302, { location: `${content.url}/${file[1]}/${path}` }).end();
  });
  let closing: Promise<unknown> | null = null;
  const close = async () => {
    closing ??= Promise.all([hub.close(), content.close()]);
    await closing;
  };
  return {
    repositories,
    visits,
    cuts,
    lies,
    url: hub.url,
    contentUrl: content.url,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** As the hub answers with `blobs=true`. */
function described({ commit, licence, files }: HubRepository) {
  return {
    sha: commit,
    ...(licence === null ? {} : { cardData: { license: licence } }),
    siblings: Object.entries(files).map(([rfilename, content]) => ({
      rfilename,
      size: Buffer.byteLength(content),
      blobId: gitHashOf(content),
      ...(content.length > LARGE
        ? { lfs: { sha256: sha256Of(content), size: Buffer.byteLength(content) } }
        : {}),
    })),
  };
}

function send(
  cuts: number[],
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  text: string,
): void {
  const whole = Buffer.from(text);
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= whole.length && from > 0) {
    answer(response, 416, '');
    return;
  }
  const rest = whole.subarray(from);
  const cut = cuts.shift();
  const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` };
  response.writeHead(from === 0 ? 200 : 206, { 'content-length': rest.length, ...range });
  if (cut === undefined) response.end(rest);
  else response.write(rest.subarray(0, cut), () => response.destroy());
}

function note(visits: HubVisit[], host: HubVisit['host'], { url, headers }: IncomingMessage): void {
  const { range = null, authorization = null } = headers;
  visits.push({ host, path: url ?? '', range, authorization });
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status).end(text);
}

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
