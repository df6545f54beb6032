/**
 * Which pages a designer may read: what the task allows (`web: off | docs | open`), less what the operator forbids.
 *
 * Only names are judged here. That a name leads to a public address is judged where the connection is made.
 */
import type { WebAccess } from '@modelwright/contracts';

export interface WebRules {
  readonly access: WebAccess;
  /** Domains, each with all below it. */
  readonly deny: readonly string[];
}

/** Hosts of documentation, each with all below it; with a path where only a part of the host is documentation. */
const DOCUMENTATION: readonly string[] = [
  'catboost.ai/docs',
  'docs.pola.rs',
  'docs.python.org',
  'docs.pytorch.org',
  'docs.rapids.ai',
  'docs.scipy.org',
  'docs.xarray.dev',
  'huggingface.co/docs',
  'imbalanced-learn.org',
  'keras.io',
  'lightning.ai/docs',
  'matplotlib.org',
  'networkx.org',
  'numpy.org',
  'optuna.org',
  'opencv.org',
  'pandas.pydata.org',
  'pypi.org/project',
  'pytorch.org/docs',
  'pytorch.org/vision',
  'readthedocs.io',
  'readthedocs.org',
  'scikit-image.org',
  'scikit-learn.org',
  'spacy.io',
  'statsmodels.org',
  'tensorflow.org',
  'umap-learn.readthedocs.io',
];

const PORTS: ReadonlySet<string> = new Set(['', '80', '443']);

/** Why a page may not be read, as a sentence; null when it may. */
export function objectionTo(url: URL, { access, deny }: WebRules): string | null {
  if (access === 'off') return 'this task allows no pages of the web';
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `${url.protocol} is not for pages of the web`;
  if (url.username !== '' || url.password !== '') return 'an address with a user or a password is not read';
  if (!PORTS.has(url.port)) return `port ${url.port} is not one of the web`;
  const denied = deny.find((domain) => isWithin(url.hostname, domain));
  if (denied !== undefined) return `pages of ${denied} are not allowed in this installation`;
  if (access === 'docs' && !DOCUMENTATION.some((place) => isPartOf(url, place))) {
    return `${url.hostname}${url.pathname} is not known as documentation, and this task allows only that`;
  }
  return null;
}

/** Null for what is no address. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isPartOf(url: URL, place: string): boolean {
  const [host = '', ...path] = place.split('/');
  if (!isWithin(url.hostname, host)) return false;
  const folder = path.map((part) => `/${part}`).join('');
  return folder === '' || url.pathname === folder || url.pathname.startsWith(`${folder}/`);
}

function isWithin(hostname: string, domain: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const wanted = domain.toLowerCase().replace(/^\*?\.|\.$/g, '');
  return host === wanted || host.endsWith(`.${wanted}`);
}
