/** The environment that every service reads. */
import { z } from 'zod';

export const commonConfig = z.object({
  NATS_URL: z.string().default('nats://127.0.0.1:4222'),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_PASSWORD_FILE: z.string().optional(),
  MODELWRIGHT_NAME: z.string().optional(),
  MODELWRIGHT_HOME: z.string(),
});

export interface CommonConfig {
  readonly natsUrl: string;
  readonly natsUser: string | null;
  readonly natsPassword: string | null;
  /** Lasting name of this process among those of its service. */
  readonly name: string;
  /** State folder. */
  readonly home: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly ackWaitMs: number | null;
  /** 0: no health server. */
  readonly healthPort: number;
}
