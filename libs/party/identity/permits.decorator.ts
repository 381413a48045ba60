import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from '#domain';

export const PERMITS = 'handslag:permits';
export const PUBLIC = 'handslag:public';

/** Who may ask: a mandate with one of these roles at one of this party's units. Every route names it. */
export function Permits(...roles: [Role, ...Role[]]) {
  return applyDecorators(SetMetadata(PERMITS, roles), ApiBearerAuth());
}

/** Open to anyone without a token; for health only. */
export const Public = () => SetMetadata(PUBLIC, true);
