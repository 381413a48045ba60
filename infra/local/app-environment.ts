import { PARTY_SERVICES } from '#database';
import { type LocalSecrets } from './secrets.js';
import { type AppName, type LocalSettings } from './settings.js';

/** Apps with a door for people: what each may see in the key store is decided there, by its role. */
const PARTIES: ReadonlySet<string> = new Set(PARTY_SERVICES);
/** Apps without a database role: the engine, on purpose (C5). */
const WITHOUT_DATABASE: ReadonlySet<AppName> = new Set(['engine']);
/** Apps that are told of the record and nothing else: no issuer, no queue, no mail, no key of others. */
const RECORD_ONLY: ReadonlySet<AppName> = new Set(['sealer']);
/** What an app must not inherit from the terminal: administrators' addresses. */
const ADMINISTRATORS = ['DATABASE_URL', 'KEYS_DATABASE_URL', 'HANDSLAG_ROLE_PASSWORDS'];

/** Addresses of the services that run; the two database addresses are the administrator's. */
export interface ServiceUrls {
  readonly databaseUrl: string;
  readonly keysDatabaseUrl: string;
  readonly redisUrl: string;
  readonly temporalAddress: string;
  readonly smtpUrl: string;
  readonly mailFile: string;
}

export const appUrl = (settings: LocalSettings, name: AppName): string =>
  `http://localhost:${settings.ports[name]}`;

/** The environment of one app: the whole contract between local mode and an app's `main.ts`, which parses it once. */
export function appEnvironment(
  name: AppName,
  settings: LocalSettings,
  secrets: LocalSecrets,
  urls: ServiceUrls,
  inherited: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(inherited).filter(([key]) => !ADMINISTRATORS.includes(key)));
  const isParty = PARTIES.has(name);
  const own = {
    ...kept,
    PORT: String(settings.ports[name]),
    HANDSLAG_LOCAL: '1',
    LOG_LEVEL: settings.logLevel,
  };
  if (RECORD_ONLY.has(name))
    return {
      ...own,
      DATABASE_URL: asRole(urls.databaseUrl, name, secrets),
      HANDSLAG_MASTER_KEY: secrets.get(`master.${name}`),
    };
  return {
    ...own,
    OIDC_ISSUER: appUrl(settings, 'issuer'),
    OIDC_AUDIENCE: `https://handslag.local/${name}`,
    REDIS_URL: urls.redisUrl,
    TEMPORAL_ADDRESS: urls.temporalAddress,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    SMTP_URL: urls.smtpUrl,
    ...(isParty || name === 'courier' ? { HANDSLAG_NOTICE_KEY: secrets.get('notices') } : {}),
    ...(WITHOUT_DATABASE.has(name) ? {} : { DATABASE_URL: asRole(urls.databaseUrl, name, secrets) }),
    ...(isParty
      ? {
          KEYS_DATABASE_URL: asRole(urls.keysDatabaseUrl, name, secrets),
          HANDSLAG_MASTER_KEY: secrets.get(`master.${name}`),
          // Ids differ per authority and side, not per service: one board has an RVT and a BoU (DESIGN 2).
          HANDSLAG_ID_KEY: secrets.get('ids'),
        }
      : {}),
    ...(name === 'issuer'
      ? issuerOnly(settings, secrets, urls)
      : { HANDSLAG_PAYLOAD_KEY: secrets.get('payload') }),
  };
}

function issuerOnly(settings: LocalSettings, secrets: LocalSecrets, urls: ServiceUrls): NodeJS.ProcessEnv {
  return {
    HANDSLAG_COOKIE_KEY: secrets.get('cookies'),
    HANDSLAG_MAIL_FILE: urls.mailFile,
    HANDSLAG_APP_URLS: JSON.stringify(
      Object.fromEntries(settings.apps.map((app) => [app, appUrl(settings, app)])),
    ),
  };
}

function asRole(adminUrl: string, name: AppName, secrets: LocalSecrets): string {
  const url = new URL(adminUrl);
  url.username = `handslag_${name}`;
  url.password = secrets.get(`role.${name}`);
  return url.href;
}
