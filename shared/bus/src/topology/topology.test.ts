import { PARTITIONS, role } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { BUCKETS, STORES } from './buckets.ts';
import { allConsumers } from './consumers.ts';
import { STREAM_NAMES, streamOfConsumer } from './names.ts';
import { storageBytes } from './nats-config.ts';
import { consumerConfig, streamConfig } from './plan.ts';
import { isAtLeast, supportsSyncAlways } from './server-version.ts';
import { streamOfSubject } from './stream-of-subject.ts';
import { STREAMS } from './streams.ts';

const plans = [...STREAMS, ...BUCKETS, ...STORES];

describe('the topology', () => {
  it.each(plans)('bounds $name in bytes and in the size of a message', (plan) => {
    const config = streamConfig(plan, 1, 1);
    expect(config.max_bytes).toBeGreaterThan(0);
    expect(config.max_msg_size).toBeGreaterThan(0);
    expect(config.storage).toBe('file');
  });

  it('fits a laptop, and a scale changes every bound', () => {
    expect(storageBytes()).toBeLessThan(15 * 1024 ** 3);
    expect(storageBytes(0.5)).toBeLessThan(storageBytes() * 0.51);
    for (const plan of plans) expect(streamConfig(plan, 0.01, 1).max_bytes).toBeGreaterThan(0);
  });

  it('discards old messages only where they are of passing interest', () => {
    const forgetful = plans.filter((plan) => plan.discard === 'old').map((plan) => plan.name);
    expect(forgetful).toEqual(['TELEMETRY', 'ADVISORIES']);
  });

  it('has every stream that is named, and one work-queue consumer for each partition, role and priority', () => {
    expect(STREAMS.map(({ name }) => name)).toEqual([...STREAM_NAMES]);
    const names = allConsumers().map(({ name }) => name);
    expect(names).toHaveLength(PARTITIONS + role.options.length + 3);
    expect(new Set(names).size).toBe(names.length);
    for (const consumer of allConsumers()) expect(streamOfConsumer(consumer.name)).toBe(consumer.stream);
  });

  it('lets a consumer deliver for ever, without a backoff that would override the ack wait', () => {
    for (const plan of allConsumers(2_000)) {
      expect(consumerConfig(plan)).toMatchObject({ max_deliver: -1, ack_policy: 'explicit' });
      expect(consumerConfig(plan)).not.toHaveProperty('backoff');
      expect(plan.ackWaitMs).toBe(2_000);
    }
  });

  it('hands out one inbox message of a partition at a time, and waits less for its answer than for work', () => {
    const waits = new Map(allConsumers().map((plan) => [plan.name, plan]));
    expect(waits.get('inbox-07')).toMatchObject({ maxAckPending: 1, ackWaitMs: 15_000 });
    expect(waits.get('work-coder')).toMatchObject({ ackWaitMs: 60_000 });
    expect(allConsumers(90_000).find(({ name }) => name === 'inbox-07')?.ackWaitMs).toBe(15_000);
  });

  it('knows which stream stores a subject', () => {
    expect(streamOfSubject('mw.v1.run.digits-abc123-07.log')).toBe('RUNS');
    expect(streamOfSubject('mw.v1.tel.x.y.1.log')).toBe('TELEMETRY');
    expect(() => streamOfSubject('mw.v1.other')).toThrow('No stream');
  });
});

describe('a server version', () => {
  it.each([
    ['2.9.10', '2.9.10', true],
    ['2.9.9', '2.9.10', false],
    ['2.10.0', '2.9.10', true],
    ['2.14.0-RC.1', '2.12.9', true],
    ['v3.0.0', '2.12.9', true],
    ['unknown', '2.9.10', false],
  ])('%s is at least %s: %s', (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected);
  });

  it('decides whether every message can be synced', () => {
    expect(supportsSyncAlways('2.9.25')).toBe(false);
    expect(supportsSyncAlways('2.10.0')).toBe(true);
  });
});
