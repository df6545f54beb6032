/** The packages that a requirements file pins. */

export interface PythonPackage {
  /** Normalised, as package URLs have it. */
  readonly name: string;
  readonly version: string;
}

/** Lines that pin no version, such as options and addresses, say nothing about one. */
export function pinnedPackages(requirements: string): PythonPackage[] {
  const found = requirements.split('\n').flatMap((line) => {
    const match =
      /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([A-Za-z0-9][A-Za-z0-9.!+_-]*)/.exec(line);
    const [, name, version] = match ?? [];
    return name === undefined || version === undefined ? [] : [{ name: normalised(name), version }];
  });
  return [...new Map(found.map((one) => [`${one.name}==${one.version}`, one])).values()];
}

/** PEP 503. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
