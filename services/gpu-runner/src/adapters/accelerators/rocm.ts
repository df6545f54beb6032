/**
 * AMD's GPUs, as `rocm-smi --json` tells of them. Not tried on a real one.
 *
 * The names in its answers have changed from release to release, so they are matched by what they begin with. A GPU is known to
 * AMD's runtime as `GPU-` and its unique id; one without an id is told apart by its place on the bus.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FoundAccelerator } from '../../core/accelerators/found-accelerator.ts';
import type { AcceleratorSample } from '../../core/accelerators/use.ts';
import { toolOutput } from './ask-tool.ts';
import { numaNode } from './numa-node.ts';
import { type AcceleratorFault, type AcceleratorProbe, type Occupancy, ToolFailed } from './probe.ts';

const FACTS = [
  '--showuniqueid',
  '--showproductname',
  '--showbus',
  '--showmeminfo',
  'vram',
  '--showdriverversion',
];
const NOW = ['--showuniqueid', '--showbus', '--showuse', '--showmeminfo', 'vram', '--showpower'];

const answer = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()])));
type Card = ReadonlyArray<readonly [string, string]>;

export class RocmProbe implements AcceleratorProbe {
  readonly #smi: string;
  readonly #root: string;

  /** @param root Where `dev` and `sys` are: `/` but in tests. */
  constructor(smi: string, root = '/') {
    this.#smi = smi;
    this.#root = root;
  }

  async discover(): Promise<FoundAccelerator[]> {
    const { cards, driver } = await this.#ask(FACTS);
    const found = cards.map(async (card, index): Promise<FoundAccelerator> => {
      const pci = text(card, /^PCI Bus/i)?.toLowerCase() ?? null;
      return {
        uuid: uuidOf(card),
        index,
        vendor: 'amd',
        model: text(card, /^Card Series/i) ?? text(card, /^Card Model/i) ?? 'AMD GPU',
        memoryBytes: number(card, /^VRAM Total Memory/i) ?? 0,
        driver,
        parent: null,
        pci,
        numaNode: await numaNode(this.#root, pci),
        deviceFiles: await this.#deviceFiles(pci),
      };
    });
    return await Promise.all(found);
  }

  async sample(uuids: readonly string[]): Promise<AcceleratorSample[]> {
    const { cards } = await this.#ask(NOW);
    return cards
      .filter((card) => uuids.includes(uuidOf(card)))
      .map((card) => ({
        uuid: uuidOf(card),
        utilisationPercent: number(card, /^GPU use/i),
        memoryUsedBytes: number(card, /^VRAM Total Used Memory/i),
        watts: number(card, /Package Power \(W\)/i),
      }));
  }

  async health(known: readonly FoundAccelerator[]): Promise<AcceleratorFault[]> {
    const { cards } = await this.#ask(NOW);
    const listed = new Set(cards.map(uuidOf));
    return known
      .filter((one) => !listed.has(one.uuid))
      .map(({ uuid }) => ({ uuid, reason: 'rocm-smi does not list it any more' }));
  }

  /** It does not tell which process has what. */
  occupancy(): Promise<Occupancy | null> {
    return Promise.resolve(null);
  }

  async #ask(words: readonly string[]): Promise<{ cards: Card[]; driver: string }> {
    const said = await toolOutput(this.#smi, [...words, '--json']);
    // Warnings may stand before the answer.
    const parsed = answer.safeParse(parsedJson(said.slice(said.indexOf('{'))));
    if (!parsed.success) throw new ToolFailed(`${this.#smi} answered with something unknown`);
    const { system, ...cards } = parsed.data;
    const numbered = Object.keys(cards).filter((name) => /^card\d+$/.test(name));
    const inOrder = numbered.toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
    return {
      cards: inOrder.map((name) =>
        Object.entries(cards[name] ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      driver: String(system?.['Driver version'] ?? ''),
    };
  }

  async #deviceFiles(pci: string | null): Promise<string[]> {
    if (pci === null) return [];
    const names = await readdir(join(this.#root, 'sys/bus/pci/devices', pci, 'drm')).catch(() => []);
    const render = names.filter((name) => name.startsWith('renderD'));
    return [join(this.#root, 'dev/kfd'), ...render.map((name) => join(this.#root, 'dev/dri', name))];
  }
}

function uuidOf(card: Card): string {
  const id = /^0x([0-9a-f]+)$/i.exec(text(card, /^Unique ID/i) ?? '')?.[1];
  if (id !== undefined) return `GPU-${id.toLowerCase().padStart(16, '0')}`;
  return `amd-${text(card, /^PCI Bus/i)?.toLowerCase() ?? 'unknown'}`;
}

function text(card: Card, name: RegExp): string | null {
  const value = card.find(([key]) => name.test(key))?.[1];
  return value === undefined || value === 'N/A' ? null : value;
}

function number(card: Card, name: RegExp): number | null {
  const value = Number(text(card, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function parsedJson(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}
