import { z } from 'zod';
import { Problem } from './problem.js';

/** What listens in local mode, in the order it is started, with its port (DESIGN section 12). */
export const DEFAULT_PORTS = {
  issuer: 4100,
  police: 4101,
  socialjouren: 4102,
  rvt: 4103,
  bou: 4104,
  rvc: 4105,
  region: 4106,
  coordination: 4107,
  partner: 4108,
  courier: 4109,
  postgres: 4110,
  redis: 4111,
  temporal: 4112,
  smtp: 4113,
  engine: 4114,
  sealer: 4115,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;
export const PORT_NAMES = Object.keys(DEFAULT_PORTS) as readonly PortName[];

/** Each its own process, in the order they are started. */
export const APPS = [
  'issuer',
  'police',
  'socialjouren',
  'rvt',
  'bou',
  'rvc',
  'region',
  'partner',
  'coordination',
  'engine',
  'courier',
  'sealer',
] as const satisfies readonly PortName[];
export type AppName = (typeof APPS)[number];

/** The environment variable that moves a port. */
export const portVariable = (name: PortName): string => `HANDSLAG_PORT_${name.toUpperCase()}`;

export interface LocalSettings {
  readonly ports: Readonly<Record<PortName, number>>;
  /** Addresses of services that are already there; what is absent is started. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly keysDatabaseUrl: string | undefined;
  readonly temporalNamespace: string;
  readonly logLevel: string;
  /** The apps to start; the rest are run by hand, in a debugger for example. */
  readonly apps: readonly AppName[];
  /** A first start is refused with less than this free, in bytes. */
  readonly leastFreeBytes: number;
}

const PortSchema = z.coerce.number().int().min(1).max(65_535);
const EnvironmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//)
    .optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/)
    .optional(),
  KEYS_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  HANDSLAG_APPS: z
    .string()
    .default(APPS.join(','))
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(APPS))),
  HANDSLAG_LEAST_FREE_MB: z.coerce.number().min(0).default(300),
});

/** The form a variable must have, for the sentence that refuses it. */
const EXPECTED: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  KEYS_DATABASE_URL: 'postgres://user:password@host:5432/database',
  LOG_LEVEL: 'debug, info, warn or error',
  HANDSLAG_APPS: `a list of ${APPS.join(',')}`,
  REDIS_URL: 'redis://host:6379',
  TEMPORAL_ADDRESS: 'host:7233',
  HANDSLAG_LEAST_FREE_MB: 'a number of megabytes',
};

/** Reads the settings of `npm start` and `npm test`; an empty variable counts as absent. Throws a Problem that names the variable. */
export function readSettings(environment: NodeJS.ProcessEnv): LocalSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = EnvironmentSchema.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw new Problem(
      `${name} is not of the form ${EXPECTED[name]}: correct it or unset it, then run the command again.`,
    );
  }
  const ports: Record<PortName, number> = { ...DEFAULT_PORTS };
  const taken = new Map<number, PortName>();
  for (const name of PORT_NAMES) {
    const wanted = PortSchema.safeParse(given[portVariable(name)] ?? DEFAULT_PORTS[name]);
    if (!wanted.success)
      throw new Problem(`${portVariable(name)} is not a port (1 to 65535): correct it or unset it.`);
    const other = taken.get(wanted.data);
    if (other) {
      throw new Problem(
        `Port ${wanted.data} is asked for by both ${other} and ${name}: set ${portVariable(name)} to another.`,
      );
    }
    taken.set(wanted.data, name);
    ports[name] = wanted.data;
  }
  return {
    ports,
    databaseUrl: parsed.data.DATABASE_URL,
    redisUrl: parsed.data.REDIS_URL,
    temporalAddress: parsed.data.TEMPORAL_ADDRESS,
    keysDatabaseUrl: parsed.data.KEYS_DATABASE_URL,
    temporalNamespace: parsed.data.TEMPORAL_NAMESPACE,
    logLevel: parsed.data.LOG_LEVEL,
    apps: APPS.filter((name) => parsed.data.HANDSLAG_APPS.includes(name)),
    leastFreeBytes: parsed.data.HANDSLAG_LEAST_FREE_MB * 1024 * 1024,
  };
}
