import type { z } from 'zod';
import type { Persona } from './front-door.js';
import { ask, askRefused } from './http.js';
import { expectTold } from './not-as-told.js';
import { shortName } from './short-name.js';

/** A party's API as one persona reaches it: every answer is read by the contract's schema. */
export class Door {
  constructor(
    readonly persona: Persona,
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The unit that the persona acts for. */
  get unit(): string {
    return this.persona.unitId;
  }

  /** The unit as people say it. */
  get name(): string {
    return shortName(this.persona);
  }

  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    return ask({ method: 'GET', url: this.at(path), token: this.token }, schema);
  }

  /** A command: each call is a new one; `version` goes as `If-Match`. */
  post<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
    version?: number,
  ): Promise<z.infer<Schema>> {
    return ask(
      {
        method: 'POST',
        url: this.at(path),
        token: this.token,
        body,
        ...(version === undefined ? {} : { version }),
      },
      schema,
    );
  }

  /** A command that the system must refuse with this code. */
  async refuses(path: string, body: unknown, code: string, version?: number): Promise<void> {
    const refused = await askRefused({
      method: 'POST',
      url: this.at(path),
      token: this.token,
      body,
      ...(version === undefined ? {} : { version }),
    });
    expectTold(refused.code === code, `POST ${path} to be refused as ${code}`, refused.code);
  }

  private at(path: string): string {
    return `${this.url}/api/v1${path}`;
  }
}
