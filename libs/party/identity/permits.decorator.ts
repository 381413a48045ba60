import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { isPermission, type PermissionName, permission, type Role } from '#domain';

export const PERMITS = 'handslag:permits';
export const PUBLIC = 'handslag:public';

/** What a route says about who may ask; `permission` is null where it names the roles of a case itself. */
export interface RoutePermits {
  readonly permission: PermissionName | null;
  readonly roles: readonly Role[];
}

/**
 * Who may ask: a mandate at one of this party's units with a role that has the permission, by the one table of `#domain`;
 * or with one of these roles, where the table of actions says it (DESIGN 8). Every route names it, and OpenAPI repeats it.
 */
export function Permits(first: PermissionName | Role, ...others: Role[]) {
  const permits: RoutePermits = isPermission(first)
    ? { permission: first, roles: permission(first).roles }
    : { permission: null, roles: [first, ...others] };
  return applyDecorators(SetMetadata(PERMITS, permits), ApiBearerAuth(), ApiExtension('x-permits', permits));
}

/** Open to anyone without a token; for health only. */
export const Public = () => SetMetadata(PUBLIC, true);
