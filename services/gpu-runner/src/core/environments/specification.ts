/** What an environment is made from, as one text: its hash names the environment on every host. */

/** Whether packages may be built from source, which executes their code while the environment is made. */
export type PackagePolicy = 'wheels' | 'any';

/** An interpreter, told apart as far as packages tell it apart. */
export interface PythonIdentity {
  /** `3.11.7` */
  readonly version: string;
  /** `cpython-311` */
  readonly tag: string;
  /** `linux-x86_64, glibc 2.36` */
  readonly platform: string;
}

export interface Specification {
  readonly requirements: string;
  readonly python: PythonIdentity;
  readonly packages: PackagePolicy;
}

/** Raised when environments are made in another way, so that old ones are not mistaken for new ones. */
const MADE = 1;

export function specificationText({ requirements, python, packages }: Specification): string {
  return JSON.stringify([MADE, python.tag, python.version, python.platform, packages, requirements]);
}
