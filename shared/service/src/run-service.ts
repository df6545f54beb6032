import type { ServiceDefinition } from './service.ts';

export declare function runService<Extra>(definition: ServiceDefinition<Extra>): Promise<never>;
