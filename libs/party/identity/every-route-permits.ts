import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PERMITS, PUBLIC } from './permits.decorator.js';

/** Nest's own key for the address of a route handler. */
const PATH_METADATA = 'path';

/** Throws at start when a route says neither who may ask nor that anyone may. */
export function assertEveryRoutePermits(discovery: DiscoveryService, scanner: MetadataScanner): void {
  const silent: string[] = [];
  for (const { instance, metatype } of discovery.getControllers()) {
    if (typeof instance !== 'object' || instance === null || !metatype) continue;
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (typeof prototype !== 'object' || prototype === null) continue;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler: unknown = Reflect.get(prototype, name);
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
      const says = [PUBLIC, PERMITS].some(
        (key) => Reflect.hasMetadata(key, handler) || Reflect.hasMetadata(key, metatype),
      );
      if (!says) silent.push(`${metatype.name}.${name}`);
    }
  }
  if (silent.length > 0) {
    throw new Error(`These routes do not say who may ask: ${silent.join(', ')}. Add @Permits or @Public.`);
  }
}
