// Fetching a file and unpacking an archive. What does not match its checksum is deleted, never used.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cached, childEnvironment } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { onPath } from './executables.mjs';

const CONNECT_MS = 15_000;
const SILENCE_MS = 30_000;

/**
 * Runs `work` with a temporary folder inside the cache, which is removed afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(cached('tmp'), 'setup-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Downloads to a file. Gives up when no answer comes within 15 s or no byte for 30 s.
 * @param {string} url
 * @param {string} file
 * @param {(line: string) => void} progress
 */
export function download(url, file, progress) {
  const proxied = process.env['HTTPS_PROXY'] || process.env['https_proxy'] || process.env['ALL_PROXY'];
  const [curl] = proxied ? onPath('curl') : [];
  return curl ? downloadWithCurl(curl, url, file) : fetchTo(url, file, progress);
}

/**
 * Node's own fetch goes past proxies before Node 24.
 * @param {string} curl
 * @param {string} url
 * @param {string} file
 */
async function downloadWithCurl(curl, url, file) {
  const patience = [
    '--connect-timeout',
    `${CONNECT_MS / 1000}`,
    '--speed-limit',
    '1',
    '--speed-time',
    `${SILENCE_MS / 1000}`,
  ];
  const { code, output } = await run(curl, ['-fsSL', ...patience, '-o', file, url]);
  if (code !== 0) throw new Error(lastLines(output, 2));
}

/**
 * @param {string} url
 * @param {string} file
 * @param {(line: string) => void} progress
 */
async function fetchTo(url, file, progress) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(new Error(`no answer from ${new URL(url).host}`)), CONNECT_MS);
  let received = 0;
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
    const body = Readable.fromWeb(response.body);
    body.on('data', (/** @type {Buffer} */ chunk) => {
      received += chunk.length;
      progress(`${(received / 1e6).toFixed(1)} MB of ${url}`);
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(new Error(`${url} stopped sending`)), SILENCE_MS);
    });
    await pipeline(body, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
export async function checksum(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * Takes one file out of a gzipped tar archive.
 * @param {string} archive
 * @param {string} member its path inside the archive
 * @param {string} folder where to
 */
export async function unpack(archive, member, folder) {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, member], {
    env: childEnvironment(),
  });
  if (code !== 0) throw new Error(`tar could not unpack ${archive}:\n${lastLines(output)}`);
}
