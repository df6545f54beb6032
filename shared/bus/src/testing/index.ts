/** For tests of other packages: a bus on a real server of its own. */
export { type BusOnServer, busOnServer } from './bus-on-server.ts';
export { openBus } from './open-bus.ts';
