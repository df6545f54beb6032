/** Whose server it is, where that matters. */

/** OpenAI's own, which knows parameters that others refuse. */
export function isOpenAi(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'api.openai.com' || hostname.endsWith('.openai.azure.com');
}
