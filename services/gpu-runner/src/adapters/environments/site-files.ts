/** The files that a site's settings name, and the installer's own settings: where they are on this host. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { filesNamedIn, namedFiles, settingsWithCredentials } from '../../core/environments/site-settings.ts';
import { pathExists } from '../disk/folder-facts.ts';

export interface SiteFiles {
  readonly variables: Readonly<Record<string, string>>;
  readonly readable: readonly string[];
  /** Settings and files that hold a password. */
  readonly withCredentials: readonly string[];
}

const OF_THE_HOST = '/etc/pip.conf';
const OF_THE_USER = ['.config/pip/pip.conf', '.pip/pip.conf'];

export async function findSiteFiles(variables: Readonly<Record<string, string>>): Promise<SiteFiles> {
  const own =
    variables['PIP_CONFIG_FILE'] ?? (await firstThere(OF_THE_USER.map((path) => join(homedir(), path))));
  const settings = own === null ? variables : { ...variables, PIP_CONFIG_FILE: own };
  const readable: string[] = [];
  for (const path of [OF_THE_HOST, ...namedFiles(settings)]) {
    if (await pathExists(path)) readable.push(path);
  }
  const withCredentials = settingsWithCredentials(settings);
  for (const path of readable.filter((one) => one === OF_THE_HOST || one === own)) {
    const text = await readFile(path, 'utf8');
    if (settingsWithCredentials({ [path]: text }).length > 0) withCredentials.push(path);
    for (const named of filesNamedIn(text)) {
      if (!readable.includes(named) && (await pathExists(named))) readable.push(named);
    }
  }
  return { variables: settings, readable, withCredentials };
}

async function firstThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await pathExists(path)) return path;
  return null;
}
