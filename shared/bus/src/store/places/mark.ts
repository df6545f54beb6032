/** The mark of a place: which one it is, whatever it is called on the host that looks. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PermanentFailure } from '../../failure.ts';
import { parseJson } from '../parse-json.ts';
import { MARK_NAME, type OutsideBlobs } from './outside-blobs.ts';

const mark = z.object({ version: z.literal(1), id: z.string() });

/** Null where there is no mark: nothing was ever kept there, or it is another place than was meant. */
export async function markOf(blobs: OutsideBlobs): Promise<string | null> {
  const text = await blobs.readMark();
  if (text === null) return null;
  const parsed = mark.safeParse(parseJson(Buffer.from(text)));
  if (parsed.success) return parsed.data.id;
  throw new PermanentFailure('corrupt-content', `The mark ${MARK_NAME} there is not one of Modelwright.`);
}

/** Marks the place unless it is marked; whose mark it then bears. */
export async function markedAs(blobs: OutsideBlobs): Promise<string> {
  await blobs.writeMark(JSON.stringify({ version: 1, id: randomUUID() }));
  const id = await markOf(blobs);
  if (id !== null) return id;
  throw new PermanentFailure('content-elsewhere', `The mark ${MARK_NAME} was written and cannot be read.`);
}
