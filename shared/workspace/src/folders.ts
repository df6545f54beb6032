/** Folders of this package that become part of candidates and deliverables. */
import { fileURLToPath } from 'node:url';

/** The first commit of a candidate: the kit `mw`, and a `train.py` and `inference.py` that work. */
export function templateFolder(): string {
  return fileURLToPath(new URL('../template', import.meta.url));
}

/** The first commit of a candidate that blends others. */
export function blendTemplateFolder(): string {
  return fileURLToPath(new URL('../template-blend', import.meta.url));
}

/** What is wrapped around a candidate when it is delivered. */
export function deliverableFolder(): string {
  return fileURLToPath(new URL('../deliverable', import.meta.url));
}
