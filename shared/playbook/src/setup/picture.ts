/** Whether the features are the pixels of one image a row, and of which shape. */
import type { ColumnPortrait, Task } from '@modelwright/contracts';
import type { Profiles } from './bare-folder.ts';

export type Shape = NonNullable<Task['data']['image']>;

const BRIGHTEST = 255;
const SMALLEST_SIDE = 4;
const COLOURS = 3;

/** Null when they are not, or when nobody can tell the shape. */
export function findPicture({ train }: Profiles, target: string, id: string | null): Shape | null {
  const features = train.columns.filter(({ name }) => name !== target && name !== id);
  const [family] = features;
  if (family === undefined || features.length > 1 || !arePixels(family)) return null;
  const shape = shapeByNames(family) ?? shapeByCount(family.columns ?? 1);
  return shape !== null && Math.min(shape.height, shape.width) >= SMALLEST_SIDE ? shape : null;
}

function arePixels({ name, through, kind, whole, smallest = -1, largest = BRIGHTEST + 1 }: ColumnPortrait) {
  const namedSo = /pix|px|^[0-9]+x[0-9]+$/i.test(name);
  const whites = whole === true ? BRIGHTEST : 1;
  return through !== undefined && namedSo && kind === 'numeric' && smallest >= 0 && largest <= whites;
}

/** `pixel_0_0` to `pixel_7_7`, or `1x1x1` to `28x28x3`. */
function shapeByNames({ name, through = '', columns }: ColumnPortrait): Shape | null {
  const sides = numbersIn(through).map((last, place) => last - (numbersIn(name)[place] ?? 0) + 1);
  const [height = 0, width = 0, channels = 1] = sides;
  const isShape = sides.length === 2 || sides.length === COLOURS;
  return isShape && height * width * channels === columns ? { height, width, channels } : null;
}

function shapeByCount(pixels: number): Shape | null {
  for (const channels of [1, COLOURS]) {
    const side = Math.sqrt(pixels / channels);
    if (Number.isInteger(side)) return { height: side, width: side, channels };
  }
  return null;
}

const numbersIn = (name: string) => [...name.matchAll(/[0-9]+/g)].map(([digits]) => Number(digits));
