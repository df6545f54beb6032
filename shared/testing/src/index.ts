/** What the tests of several packages use: real servers, and folders that clean up after themselves. */
export { type DockerEngine, findDockerEngine } from './docker-engine.ts';
export { freePort } from './free-port.ts';
export {
  type NatsServerPlace,
  type NatsServerProcess,
  type StartNatsServerOptions,
  startNatsServer,
} from './nats-server.ts';
export {
  chooseServers,
  describeOnNatsServers,
  natsServersUnderTest,
  type ServerChoice,
  type ServerUnderTest,
} from './nats-servers-under-test.ts';
export { missingS3Server, type S3ServerProcess, startS3Server } from './s3-server.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
