/** References to content in the object stores. Content is named by its sha256 and never changes. */
import { z } from 'zod';

/** `truth` holds uploaded source data and hidden labels; only the manager's user may read it. */
export const storeName = z.enum(['workspaces', 'artifacts', 'datasets', 'truth']);
export type StoreName = z.infer<typeof storeName>;

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a sha256 in hexadecimal');

/** One blob: at most 64 MiB. */
export const blobRef = z.object({
  kind: z.literal('blob'),
  store: storeName,
  sha256,
  size: z.int().nonnegative(),
});
export type BlobRef = z.infer<typeof blobRef>;

/** A folder: the blob named by `sha256` is its manifest. `size` is the sum of its files in bytes. */
export const treeRef = z.object({
  kind: z.literal('tree'),
  store: storeName,
  sha256,
  size: z.int().nonnegative(),
});
export type TreeRef = z.infer<typeof treeRef>;

/** A path inside a folder: relative, with `/`, without `.` or `..` segments, backslashes or NUL. */
export const relativePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (path) =>
      !path.includes('\\') &&
      !path.includes('\0') &&
      !path.startsWith('/') &&
      path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'a path stays inside its folder: relative, no "..", no empty segment',
  );

/** The manifest of a folder. Large files are cut into parts so that every stored object stays small. */
export const treeManifest = z.object({
  version: z.literal(1),
  files: z.array(
    z.object({
      path: relativePath,
      size: z.int().nonnegative(),
      executable: z.boolean(),
      sha256,
      parts: z.array(z.object({ sha256, size: z.int().nonnegative() })).min(1),
    }),
  ),
});
export type TreeManifest = z.infer<typeof treeManifest>;
