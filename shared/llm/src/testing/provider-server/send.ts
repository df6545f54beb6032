/** Puts an answer on the wire, or what a fault leaves of it. */
import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const DEFAULT_EVENTS = 3;

/** Every event is one write, the first together with the headers: two small writes would wait for a delayed ack. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly string[],
  fault: Fault | null,
): Promise<void> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  if (fault?.kind === 'garble') return sendWhole(response, fault.change(Buffer.from(events.join(''))));
  if (fault?.kind === 'split') {
    const whole = Buffer.from(events.join(''));
    for (let at = 0; at < whole.length; at += fault.bytes)
      await write(response, whole.subarray(at, at + fault.bytes));
    return sendWhole(response);
  }
  if (fault?.kind === 'reset' || fault?.kind === 'stall' || fault?.kind === 'end') {
    for (const event of events.slice(0, fault.afterEvents ?? DEFAULT_EVENTS)) await write(response, event);
    if (fault.kind === 'reset') response.socket?.resetAndDestroy();
    if (fault.kind === 'end') response.end();
    if (fault.kind === 'stall') await left(response);
    return;
  }
  for (const event of events) await write(response, event);
  if (fault?.kind === 'linger') await setTimeout(fault.ms);
  return sendWhole(response);
}

/** An answer in one piece. */
export async function sendJson(response: ServerResponse, body: object, fault: Fault | null): Promise<void> {
  response.setHeader('content-type', 'application/json');
  const whole = Buffer.from(JSON.stringify(body));
  if (fault?.kind === 'garble') return sendWhole(response, fault.change(whole));
  if (fault?.kind === 'reset' || fault?.kind === 'end') {
    await write(response, whole.subarray(0, Math.floor(whole.length / 2)));
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'stall') {
    await write(response, whole.subarray(0, Math.floor(whole.length / 2)));
    await left(response);
    return;
  }
  return sendWhole(response, whole);
}

export function sendStatus(response: ServerResponse, fault: Fault & { kind: 'status' }): void {
  const { status, headers = {}, body = '' } = fault;
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function sendWhole(response: ServerResponse, body?: Buffer): Promise<void> {
  response.end(body);
  await left(response);
}

/** Resolves when the piece is on its way, or nobody is there any more. */
async function write(response: ServerResponse, piece: string | Buffer): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.write(piece, () => resolve());
  });
}

/** Resolves when the response has been sent, or the client is gone. */
async function left(response: ServerResponse): Promise<void> {
  if (response.closed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('close', () => resolve());
  await promise;
}
