// What a nats-server says of itself to whoever connects: one INFO line, before any login.

import { connect } from 'node:net';
import { versionIn } from './versions.mjs';

/**
 * @param {string} url `nats://host:port`; of several, separated by commas, the first
 * @param {number} [timeoutMs]
 * @returns {Promise<{ version: string, jetstream: boolean }>} rejects when no nats-server answers there
 */
export function serverInfo(url, timeoutMs = 3_000) {
  const { hostname, port } = new URL(normalised(url));
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 4222), timeout: timeoutMs });
    let text = '';
    const fail = (/** @type {string} */ why) => {
      socket.destroy();
      reject(new Error(`${hostname}:${port || 4222} ${why}`));
    };
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const line = /^INFO (\{.*\})\s*\n/.exec(text);
      if (!line) return;
      socket.destroy();
      const info = JSON.parse(line[1] ?? '{}');
      resolve({ version: versionIn(String(info.version)) ?? '0.0', jetstream: info.jetstream === true });
    });
    socket.on('timeout', () => fail('does not answer'));
    socket.on('error', (error) => fail(error.message));
    socket.on('close', () => fail('closed the connection without a word'));
  });
}

/**
 * @param {string} url
 */
function normalised(url) {
  const first = url.split(',')[0]?.trim() ?? '';
  return /^[a-z]+:\/\//i.test(first) ? first : `nats://${first}`;
}
