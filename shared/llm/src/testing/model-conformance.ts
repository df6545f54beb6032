/** What the agent loop relies on, for every implementation of the port. */
import { describe, expect, it } from 'vitest';
import type { Model, ModelRequest } from '../model.ts';

export interface ModelCase {
  readonly model: Model;
  /** A request the model answers with at least one tool call. */
  readonly request: ModelRequest;
}

export function describeModelConformance(name: string, open: () => Promise<ModelCase>): void {
  describe(`${name} as a model`, () => {
    it('states its ceiling in whole micro-USD', async () => {
      const { model, request } = await open();
      const ceiling = model.ceiling(request);
      expect(Number.isSafeInteger(ceiling) && ceiling >= 0).toBe(true);
    });

    it('never charges more than its ceiling', async () => {
      const { model, request } = await open();
      const reply = await model.complete(request, new AbortController().signal);
      expect(reply.usage.microUsd).toBeLessThanOrEqual(model.ceiling(request));
    });

    it('calls offered tools with JSON objects', async () => {
      const { model, request } = await open();
      const offered = request.tools.map((tool) => tool.name);
      const reply = await model.complete(request, new AbortController().signal);
      expect(reply.calls.length).toBeGreaterThan(0);
      for (const call of reply.calls) {
        expect(offered).toContain(call.name);
        expect(JSON.parse(call.arguments)).toBeTypeOf('object');
      }
    });

    it('gives every call its own id', async () => {
      const { model, request } = await open();
      const reply = await model.complete(request, new AbortController().signal);
      const former = request.messages.flatMap((message) =>
        message.role === 'assistant' ? message.calls : [],
      );
      const ids = [...former, ...reply.calls].map((call) => call.id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('leaves the request as it was', async () => {
      const { model, request } = await open();
      const before = JSON.stringify(request);
      await model.complete(request, new AbortController().signal);
      expect(JSON.stringify(request)).toBe(before);
    });

    it('stops when it is told to', async () => {
      const { model, request } = await open();
      const stop = new AbortController();
      stop.abort(new Error('leaving'));
      await expect(model.complete(request, stop.signal)).rejects.toThrow('leaving');
    });
  });
}
