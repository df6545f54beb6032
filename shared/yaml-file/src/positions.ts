/** Where the keys of a file stand, so that a fault can be shown at its line and column. */
import { isMap, isNode, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml';

export interface Position {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** Positions of keys by their dotted path, such as `data.target` or `constraints.packages.0`. */
export type Positions = Readonly<Record<string, Position>>;

export function positionsOf(root: ParsedNode | null, lines: LineCounter): Positions {
  const found: Record<string, Position> = {};
  const place = (path: string, offset: number) => {
    const { line, col } = lines.linePos(offset);
    found[path] = { line, column: col };
  };
  const walk = (node: unknown, path: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key) || key.range === undefined || key.range === null) continue;
        const inner = path === '' ? String(key.value) : `${path}.${String(key.value)}`;
        place(inner, key.range[0]);
        walk(value, inner);
      }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const inner = `${path}.${index}`;
        if (isNode(item) && item.range) place(inner, item.range[0]);
        walk(item, inner);
      }
    }
  };
  walk(root, '');
  return found;
}

/** The position of a path, or of the nearest enclosing key that was written; the file's start where there is none. */
export function positionAt(positions: Positions, path: readonly PropertyKey[]): Position {
  for (let length = path.length; length > 0; length -= 1) {
    const position = positions[path.slice(0, length).map(String).join('.')];
    if (position !== undefined) return position;
  }
  return { line: 1, column: 1 };
}
