/** The manager's agents, for whoever puts them together elsewhere. */
export { aggregator } from './aggregator/aggregator.ts';
export { managerAgent } from './manager-model/manager-agent.ts';
export { setupAgent } from './setup/setup-agent.ts';
