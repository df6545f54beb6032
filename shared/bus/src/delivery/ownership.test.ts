import { describe, expect, it } from 'vitest';
import { Ownership } from './ownership.ts';

class HandClock {
  mono = 1_000;
  time = 5_000_000;
  monotonic = () => this.mono;
  wall = () => this.time;
  pass(ms: number) {
    this.mono += ms;
    this.time += ms;
  }
}

const held = () => {
  const clock = new HandClock();
  return { clock, ownership: new Ownership(1_000, clock) };
};

describe('ownership of a delivered message', () => {
  it('holds for nine tenths of the ack wait', () => {
    const { clock, ownership } = held();
    clock.pass(899);
    expect(ownership.held()).toBe(true);
    clock.pass(1);
    expect(ownership.held()).toBe(false);
  });

  it('counts from when a confirmed sign of life was sent, not from when it was confirmed', () => {
    const { clock, ownership } = held();
    clock.pass(500);
    const renew = ownership.prepareRenewal();
    clock.pass(300);
    renew();
    clock.pass(500);
    expect(ownership.held()).toBe(true);
    clock.pass(100);
    expect(ownership.held()).toBe(false);
  });

  it('is not won back once it is lost', () => {
    const { clock, ownership } = held();
    clock.pass(800);
    const renew = ownership.prepareRenewal();
    clock.pass(200);
    renew();
    expect(ownership.held()).toBe(false);
    clock.time -= 10_000;
    clock.mono -= 10_000;
    expect(ownership.held()).toBe(false);
  });

  it('is lost over a sleep that the monotonic clock does not count', () => {
    const { clock, ownership } = held();
    clock.time += 60_000;
    expect(ownership.held()).toBe(false);
  });

  it('does not grow longer when the wall clock is set back', () => {
    const { clock, ownership } = held();
    clock.time -= 60_000;
    clock.mono += 900;
    expect(ownership.held()).toBe(false);
  });
});
