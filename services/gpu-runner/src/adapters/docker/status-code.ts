/** Of an answer that the engine gave as an error; null where it was not the engine that failed. */
export function statusCode(error: unknown): number | null {
  const code = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  return typeof code === 'number' ? code : null;
}
