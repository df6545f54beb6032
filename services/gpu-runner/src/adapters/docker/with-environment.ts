/** Puts a job's Python environment into its container, unless it is the image's own. */
import { dirname } from 'node:path';
import type { SandboxRequest } from '@modelwright/sandbox';

/** An environment is seen under its own path: it holds absolute ones, of itself and of the image's interpreter. */
export function withEnvironment(request: SandboxRequest, imagePython: string): SandboxRequest {
  const { python } = request;
  if (python === null || python === undefined || python === imagePython) return request;
  const root = dirname(dirname(python));
  const mount = { name: 'environment', source: root, target: root, writable: false };
  return { ...request, mounts: [...(request.mounts ?? []), mount] };
}
