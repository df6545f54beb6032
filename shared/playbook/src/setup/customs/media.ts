/** What the files of a folder are, by their endings. */
import type { FolderProfile } from '@modelwright/contracts';

export type Media = 'image' | 'audio' | 'text';

const ENDINGS: Readonly<Record<Media, RegExp>> = {
  image: /^\.?(png|jpe?g|bmp|gif|tiff?|webp)$/i,
  audio: /^\.?(wav|aiff?|flac|mp3|ogg)$/i,
  text: /^\.?(txt|text|md)$/i,
};
/** Of the files below a folder, so many must be of one kind. */
const MOSTLY = 0.9;
/** A readme beside the data is no data. */
const FEWEST = 4;

const MEDIA = ['image', 'audio', 'text'] as const;

type Folder = FolderProfile['folders'][number];

export interface MediaFiles {
  readonly media: Media;
  readonly files: number;
  /** The commonest, without its dot. */
  readonly ending: string;
}

/** Of all files at or below the path; null where they are of no one kind, or too few. */
export function mediaBelow({ folders }: FolderProfile, path: string): MediaFiles | null {
  return mediaOf(folders.filter((one) => isAtOrBelow(one.path, path)));
}

function mediaOf(folders: readonly Folder[]): MediaFiles | null {
  const endings = folders.flatMap((folder) => folder.endings);
  const all = folders.reduce((sum, { files }) => sum + files, 0);
  for (const media of MEDIA) {
    const fitting = endings.filter(({ ending }) => ENDINGS[media].test(ending));
    const files = fitting.reduce((sum, one) => sum + one.files, 0);
    const [commonest] = fitting.toSorted((a, b) => b.files - a.files);
    if (commonest !== undefined && files >= FEWEST && files >= MOSTLY * all) {
      return { media, files, ending: commonest.ending.replace(/^\./, '') };
    }
  }
  return null;
}

export function isAtOrBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The archives that what lies at or below a path came out of. */
export function archivesOf({ folders, tables }: FolderProfile, paths: readonly string[]): string[] {
  const used = [...folders, ...tables].filter(({ path }) => paths.some((one) => isAtOrBelow(path, one)));
  return [...new Set(used.flatMap(({ archive }) => (archive === null ? [] : [archive])))].sort();
}
