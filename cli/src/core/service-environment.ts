/** The environment a service process is started with. */
import { asksModels, type Place } from './farm-plan.ts';

export interface ServiceSettings {
  readonly home: string;
  readonly natsUrl: string;
  /** Null on a server without users. */
  readonly user: string | null;
  readonly passwordFile: string | null;
  /** Of a server that somebody else runs; null where there is a file. */
  readonly password: string | null;
  readonly python: string | null;
  /** Trainings at once per runner; null leaves it to the runner. */
  readonly slots: number | null;
  readonly models: ToldOfModels;
}

export interface ToldOfModels {
  /** For services that ask models. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that hold keys. */
  readonly keyNames: readonly string[];
}

/** Names that usually hold a key. A runner starts generated programs, so it is given none. */
const SECRET = /(KEY|KEY_ID|TOKEN|SECRET|PASSWORD|CREDENTIALS)$/;
/** Those of the store of content, where that is S3: every service reads and writes there, and no program inherits them. */
const OF_THE_STORE = /^AWS_/;

export function serviceEnvironment(
  place: Place,
  inherited: Readonly<Record<string, string>>,
  settings: ServiceSettings,
): Record<string, string> {
  const { models } = settings;
  const asks = asksModels(place.service);
  const inS3 = inherited['MODELWRIGHT_ARTIFACTS']?.startsWith('s3:') === true;
  const isSecret = (name: string) =>
    (SECRET.test(name) && !(inS3 && OF_THE_STORE.test(name))) || models.keyNames.includes(name);
  const kept = Object.entries(inherited).filter(([name]) => (asks || !isSecret(name)) && !OWN.has(name));
  return {
    ...Object.fromEntries(kept),
    ...(asks ? models.environment : {}),
    MODELWRIGHT_HOME: settings.home,
    MODELWRIGHT_NAME: place.name,
    NATS_URL: settings.natsUrl,
    ...present('NATS_USER', settings.user),
    ...present('NATS_PASSWORD_FILE', settings.passwordFile),
    ...present('NATS_PASSWORD', settings.password),
    ...present('MODELWRIGHT_PYTHON', settings.python),
    ...(place.service === 'gpu-runner' ? present('RUNNER_SLOTS', settings.slots) : {}),
  };
}

/** Set here, so never inherited: a password in the environment would override the service's own. */
const OWN: ReadonlySet<string> = new Set([
  'NATS_USER',
  'NATS_PASSWORD',
  'NATS_PASSWORD_FILE',
  'MODELWRIGHT_NAME',
]);

function present(name: string, value: string | number | null): Record<string, string> {
  return value === null ? {} : { [name]: String(value) };
}
