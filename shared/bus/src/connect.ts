import type { Bus, BusOptions } from './bus.ts';

export declare function connectBus(options: BusOptions): Promise<Bus>;
