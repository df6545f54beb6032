// What the set-up has brought together, for the rest of the project to ask. Looks; never fetches.

export { cacheFolder, project } from './cache.mjs';
export {
  allNatsServers,
  findNatsServer,
  findNewestNatsServer,
  findOldestNatsServer,
} from './find-nats-server.mjs';
export { findPython } from './find-python.mjs';
export { nodePath } from './node.mjs';
export { findS3Server } from './s3-server.mjs';

/** @typedef {import('./find-nats-server.mjs').NatsServer} NatsServer */
/** @typedef {import('./find-python.mjs').PythonEnvironment} PythonEnvironment */
