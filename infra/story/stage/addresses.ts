import { PARTY_SERVICES } from '#database';
import { readRunning } from '../../local/running-file.js';

/** The issuer's front page; every party's own address is told there or by `npm start`. */
export interface Addresses {
  readonly issuer: string;
  readonly parties: Readonly<Record<string, string>>;
  /** Started by `npm start` from this project, so that its record can be verified too. */
  readonly isOurs: boolean;
}

/**
 * From `HANDSLAG_URL_ISSUER`, `HANDSLAG_URL_POLICE` and so on, for a system that somebody else started; what is not given is
 * read from the running local system. Throws a Problem that says what to type when it does not run.
 */
export function readAddresses(environment: NodeJS.ProcessEnv): Addresses {
  const given = (name: string): string | undefined =>
    environment[`HANDSLAG_URL_${name.toUpperCase()}`]?.replace(/\/$/, '');
  const isGiven = ['issuer', ...PARTY_SERVICES].some((name) => given(name) !== undefined);
  const isComplete = ['issuer', ...PARTY_SERVICES].every((name) => given(name) !== undefined);
  const running = isComplete ? {} : readRunning().apps;
  const of = (name: string): string => {
    const url = given(name) ?? running[name];
    if (url === undefined) throw new Error(`the running system has no ${name}`);
    return url;
  };
  return {
    issuer: of('issuer'),
    parties: Object.fromEntries(PARTY_SERVICES.map((name) => [name, of(name)])),
    isOurs: !isGiven,
  };
}
