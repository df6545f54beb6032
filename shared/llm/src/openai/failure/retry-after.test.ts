import { describe, expect, it } from 'vitest';
import { retryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const told = (headers: Record<string, string>) => retryAfter(new Headers(headers), NOW);

describe('Retry-After', () => {
  it.each([
    [{ 'retry-after': '2' }, NOW + 2000],
    [{ 'retry-after': '0.5' }, NOW + 500],
    [{ 'retry-after': '0' }, NOW],
    [{ 'retry-after-ms': '1500.2', 'retry-after': '9' }, NOW + 1501],
    [{ 'retry-after': 'Mon, 05 Jan 2026 12:00:30 GMT' }, NOW + 30_000],
    [{ 'retry-after': 'Mon, 05 Jan 2026 11:00:00 GMT' }, NOW],
    [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, NOW + 1000],
    [{ 'retry-after': '9'.repeat(400) }, NOW + 7 * 24 * 3_600_000],
    [{ 'retry-after-ms': '99999999999999999' }, NOW + 7 * 24 * 3_600_000],
    [{ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, NOW + 7 * 24 * 3_600_000],
  ])('%j is a moment', (headers, moment) => {
    expect(told(headers as unknown as Record<string, string>)).toBe(moment);
  });

  it.each([{}, { 'retry-after': 'later' }, { 'retry-after': '-1x' }])('%j says nothing', (headers) => {
    expect(told(headers as Record<string, string>)).toBeNull();
  });
});
