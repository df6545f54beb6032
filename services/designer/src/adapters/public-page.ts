/**
 * Reads a page of the public web: little of it, not for long, and from no address that is not public.
 *
 * The address is judged when the connection is made, not before: a name that resolves to something else the second time
 * gains nothing. Every redirect is judged like the first address.
 */
import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request as insecure } from 'node:http';
import { request as secure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createGunzip } from 'node:zlib';
import type { Had, Page } from '../web.ts';
import { readableText } from './page-text.ts';

export interface PageReader {
  /** Whether an address may be connected to. */
  isAllowed(address: string): boolean;
  readonly timeoutMs: number;
  /** Of a page, after decompression. */
  readonly maxBytes: number;
}

const MOST_REDIRECTS = 5;
const READABLE =
  /^(text\/(html|plain|markdown|x-rst|csv|xml)|application\/(xhtml\+xml|json|xml|x-ipynb\+json))$/;
const AGENT = 'modelwright (reads documentation for an automated machine-learning run)';

export async function readPage(
  start: URL,
  objection: (url: URL) => string | null,
  reader: PageReader,
): Promise<Had<Page>> {
  const signal = AbortSignal.timeout(reader.timeoutMs);
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const objected = objection(url) ?? literalObjection(url, reader);
    if (objected !== null) return { kind: 'refused', reason: objected };
    try {
      const response = await get(url, reader, signal);
      const next = redirectOf(response, url);
      if (next === null) return await pageOf(response, url, reader);
      response.destroy();
      url = next;
    } catch (error) {
      return { kind: 'refused', reason: `${url.href}: ${inWords(error, reader)}` };
    }
  }
  return { kind: 'refused', reason: `${start.href} is redirected more than ${MOST_REDIRECTS} times` };
}

/** An address in place of a name is never looked up, so it is judged here. */
function literalObjection({ hostname }: URL, { isAllowed }: PageReader): string | null {
  const address = hostname.replaceAll(/[[\]]/g, '');
  return isIP(address) === 0 || isAllowed(address) ? null : `${address} is not a public address`;
}

function get(url: URL, reader: PageReader, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? secure : insecure;
  const headers = {
    accept: 'text/html,text/plain;q=0.9,*/*;q=0.1',
    'accept-encoding': 'gzip',
    'user-agent': AGENT,
  };
  return new Promise((fulfil, reject) => {
    request(url, { headers, signal, agent: false, lookup: publicLookup(reader) }, fulfil)
      .once('error', reject)
      .end();
  });
}

function publicLookup({ isAllowed }: PageReader): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (first === undefined) callback(new Error(`${hostname} has no public address`), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | null {
  const { location } = headers;
  return statusCode >= 300 && statusCode < 400 && location !== undefined && URL.canParse(location, url.href)
    ? new URL(location, url)
    : null;
}

async function pageOf(response: IncomingMessage, url: URL, reader: PageReader): Promise<Had<Page>> {
  const refuse = (reason: string): Had<Page> => {
    response.destroy();
    return { kind: 'refused', reason: `${url.href}: ${reason}` };
  };
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) return refuse(`the server answered ${statusCode}`);
  const [type = '', ...parameters] = (headers['content-type'] ?? 'text/html').toLowerCase().split(/\s*;\s*/);
  if (!READABLE.test(type)) return refuse(`it is ${type}, not text`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') return refuse(`it is compressed as ${encoding}`);
  const { bytes, cut } = await atMost(response, encoding, reader.maxBytes);
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length);
  const { title, text } = readableText(type, decoded(bytes, charset));
  return { kind: 'had', what: { url: url.href, title, text, cut } };
}

async function atMost(
  response: IncomingMessage,
  encoding: 'identity' | 'gzip',
  maxBytes: number,
): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const gunzip = encoding === 'gzip' ? createGunzip() : null;
  if (gunzip !== null) {
    response.once('error', (error) => gunzip.destroy(error));
    response.pipe(gunzip);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of gunzip ?? response) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes.subarray(0, maxBytes - size));
    size += bytes.length;
    if (size > maxBytes) break;
  }
  response.destroy();
  return { bytes: Buffer.concat(chunks), cut: size > maxBytes };
}

/** By the name the server gives; UTF-8 where that is no encoding. */
function decoded(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return new TextDecoder(charset?.replaceAll('"', '') ?? 'utf-8').decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(bytes);
  }
}

function inWords(error: unknown, { timeoutMs }: PageReader): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? `it did not answer within ${timeoutMs / 1000} s`
    : error.message;
}
