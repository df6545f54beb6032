/**
 * The port to where environments are made: contained like a program, but networked, and without secrets or data.
 *
 * Each executor has one, so that an environment is built with the very interpreter that its programs get.
 */
export interface BuildStep {
  /** For the base interpreter: `-m pip …`, `-c …`. */
  readonly words: readonly string[];
  /**
   * Folders on this host that may be written, seen inside under the same paths. They come back owned by this process, and
   * without links that lead out of them.
   */
  readonly writable: readonly string[];
  /** Files and folders on this host that are read, seen inside under the same paths. */
  readonly readable: readonly string[];
  /** The whole environment of the step: nothing is inherited. */
  readonly variables: Readonly<Record<string, string>>;
  readonly network: boolean;
  /** `required`: rather not at all than uncontained, since code of packages is executed. */
  readonly isolation: 'best' | 'required';
  readonly limits: {
    readonly seconds: number;
    readonly memoryBytes: number;
    readonly diskBytes: number;
  };
}

export interface BuildResult {
  readonly ok: boolean;
  /** How it ended, as a sentence without a subject. */
  readonly reason: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BuildSandbox {
  /** The base interpreter, by the path under which programs see it. */
  readonly python: string;
  /**
   * Differs between bases whose environments do not fit each other, beyond the interpreter's path: the id of the image, or
   * empty where the base is this host.
   */
  readonly base: string;
  /** Runs one step to its end. A step that fails is a result; throws when the sandbox cannot be used at all. */
  run(step: BuildStep): Promise<BuildResult>;
}
