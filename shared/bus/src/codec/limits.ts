/** What a body may be at most. */

/** Levels of arrays and maps within one another. */
export const MAX_DEPTH = 64;
/** The same on the wire, where every map may be wrapped once (number-tag.ts). */
export const MAX_WIRE_DEPTH = 2 * MAX_DEPTH + 1;
/** Bytes on the wire; a larger body travels through the content store. */
export const INLINE_BYTES = 256 * 1024;
