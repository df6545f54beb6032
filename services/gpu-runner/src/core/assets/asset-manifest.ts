/** The files of an asset as one text: its hash names what a job was given, wherever it was fetched from. */
export interface AssetFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One line a file, as `sha256sum` writes it, ordered by path. */
export function manifestText(files: readonly AssetFile[]): string {
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return ordered.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

export const totalBytes = (files: readonly { readonly bytes: number }[]) =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);
