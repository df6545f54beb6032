/** Texts in request bodies: a string, or parts of which some are text. */
import { z } from 'zod';

const part = z.looseObject({ text: z.string().optional() });

export const bodyText = z
  .union([z.string(), z.array(part)])
  .nullish()
  .transform((content) =>
    typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join(''),
  );
