/** Reads what a server answers as JSON, and no more of it than is bearable. */
import { AssetFailure } from './asset-failure.ts';

/** @param who For people: who answers what. */
export async function boundedJson(answer: Response, who: string, maxBytes: number): Promise<unknown> {
  const text = await boundedText(answer, who, maxBytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Such as the page of a gateway, while the server behind it is away.
    throw new AssetFailure(`${who}: what it answers is no JSON`, { passing: true, cause });
  }
}

async function boundedText({ body }: Response, who: string, maxBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body ?? []) {
      bytes += piece.length;
      if (bytes > maxBytes) break; // which ends the connection too
      pieces.push(piece);
    }
  } catch (cause) {
    throw new AssetFailure(`${who}: its answer breaks off after ${bytes} bytes`, { passing: true, cause });
  }
  if (bytes > maxBytes) {
    throw new AssetFailure(`${who}: it answers with more than ${maxBytes} bytes`, { passing: false });
  }
  return Buffer.concat(pieces).toString('utf8');
}
