import { describe, expect, test } from 'vitest';
import { compareVersions, isRecommendedNats, isSupportedNats, versionIn } from './versions.mjs';

describe('versions', () => {
  test('are found in what a program says of itself', () => {
    expect(versionIn('nats-server: v2.14.5')).toBe('2.14.5');
    expect(versionIn('git version 2.39.5 (Apple Git-154)')).toBe('2.39.5');
    expect(versionIn('nats-server: v2.14.0-RC.1')).toBe('2.14.0');
    expect(versionIn('no number here')).toBeNull();
  });

  test('are compared by number, not by letter', () => {
    expect(compareVersions('2.9.10', '2.10.0')).toBeLessThan(0);
    expect(compareVersions('2.12.15', '2.12.9')).toBeGreaterThan(0);
    expect(compareVersions('3.10', '3.10.0')).toBe(0);
  });

  test.each(['2.9.10', '2.9.25', '2.10.0', '2.14.5', '3.0.0'])('nats-server %s is supported', (version) => {
    expect(isSupportedNats(version)).toBe(true);
  });

  test.each(['2.9.9', '2.8.4', '1.4.1'])('nats-server %s is too old', (version) => {
    expect(isSupportedNats(version)).toBe(false);
  });

  test.each(['2.12.9', '2.12.15', '2.14.1', '2.15.0'])('nats-server %s is recommended', (version) => {
    expect(isRecommendedNats(version)).toBe(true);
  });

  test.each(['2.9.10', '2.12.8', '2.14.0'])('nats-server %s is not recommended', (version) => {
    expect(isRecommendedNats(version)).toBe(false);
  });
});
