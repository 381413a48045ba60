import 'reflect-metadata';
import { Body, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { ACTION_INPUTS, UuidSchema } from '#contracts';
import type { ActionDefinition, Role } from '#domain';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import {
  CurrentCaller,
  type Idempotency,
  IdempotencyKey,
  IfMatch,
  OptionalIfMatch,
} from './headers.decorator.js';
import { Returns } from './returns.decorator.js';

/** What the request of an action says. */
export interface ActionCall {
  readonly id: string;
  readonly body: unknown;
  readonly expectedVersion: number | null;
  readonly caller: Caller;
  readonly idempotency: Idempotency;
}

/**
 * Adds `POST {id}/{action}` to a controller's prototype for every action of the one table (DESIGN 9). The handler is
 * named as the action, since swagger finds parameters by function name; the parameter types are set by hand, since
 * there is no signature that the compiler could have written them from.
 */
export function addActionRoutes<Definition extends ActionDefinition>(
  controller: { readonly prototype: object },
  actions: readonly Definition[],
  answer: z.ZodType,
  handle: (self: unknown, action: Definition, act: ActionCall) => unknown,
): void {
  for (const action of actions) {
    const name = action.name;
    const handler = {
      [name](
        this: unknown,
        id: string,
        body: unknown,
        expectedVersion: number | null,
        caller: Caller,
        idempotency: Idempotency,
      ) {
        return handle(this, action, { id, body, expectedVersion, caller, idempotency });
      },
    }[name];
    if (handler === undefined) continue;
    const target = controller.prototype;
    Object.defineProperty(target, name, { value: handler, writable: true, configurable: true });
    Reflect.defineMetadata('design:paramtypes', [String, Object, Number, Object, Object], target, name);
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    if (descriptor === undefined) continue;
    Param('id', { schema: UuidSchema })(target, name, 0);
    Body({ schema: ACTION_INPUTS[action.input] })(target, name, 1);
    (action.ifMatch ? IfMatch : OptionalIfMatch)()(target, name, 2);
    CurrentCaller()(target, name, 3);
    IdempotencyKey()(target, name, 4);
    for (const decorate of [
      Post(`:id/${name}`),
      ApiOperation({ summary: action.label.en, description: `${action.does.en}\n\n${action.does.sv}` }),
      Permits(...rolesOf(action)),
      Returns(answer),
    ]) {
      decorate(target, name, descriptor);
    }
  }
}

/** Everyone whom the table lets do it on some side; which side is decided by the record. */
function rolesOf(action: ActionDefinition): [Role, ...Role[]] {
  const [first, ...others] = [...new Set(action.doers.flatMap(({ roles }) => roles))];
  if (first === undefined) throw new Error(`${action.name} is at the door and nobody may do it`);
  return [first, ...others];
}
