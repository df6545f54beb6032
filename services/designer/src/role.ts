/** The role with the web it is given, for whoever puts it together elsewhere. */
export { publicWeb } from './adapters/public-web.ts';
export { designer } from './designer.ts';
