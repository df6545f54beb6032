/** What a source of assets finds: a hub, a URL, a folder of the site. */
import type { AssetFile } from '../../core/assets/asset-manifest.ts';

/** An asset that was found and is named by what it consists of, not fetched yet. */
export interface FoundAsset {
  /** The same for the same content, for as long as the source tells the truth. */
  readonly identity: string;
  readonly bytes: number | null;
  /** As the source states it. */
  readonly licence: string | null;
  /** Of a hub's repository. */
  readonly commit: string | null;
  /** Into an empty folder; every file verified where the source tells hashes. */
  fetch(folder: string): Promise<AssetFile[]>;
}
