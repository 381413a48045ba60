import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  NudgedSchema,
  type NudgedView,
  NudgeInputSchema,
  type ProposeRouteInput,
  ProposeRouteInputSchema,
  RouteProposedSchema,
  type RouteProposedView,
  UuidSchema,
} from '#contracts';
import { type CoordinatorCaller, CoordinatorCommands } from '#custody';
import { type HandoffId, type MatterId, type PersonId, unitId } from '#domain';
import {
  type Caller,
  CurrentCaller,
  type Idempotency,
  IdempotencyKey,
  Permits,
  Returns,
  refuseAtDoor,
  unitsOf,
  valueOrRefuse,
} from '#party';

/** What the coordinator can do: remind, and propose. Neither moves anything (C2). */
@ApiTags('coordination')
@Controller('api/v1')
@Permits('overview.coordinate')
export class CoordinatorController {
  constructor(@Inject(CoordinatorCommands) private readonly commands: CoordinatorCommands) {}

  @Post('matters/:id/nudge')
  @ApiOperation({ summary: 'Remind the unit whose move it is' })
  @Returns(NudgedSchema)
  async nudge(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: NudgeInputSchema }) _nothing: Record<string, never>,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: Idempotency,
  ): Promise<NudgedView> {
    const done = await this.commands.nudge(coordinatorOf(caller, key), { matterId: id as MatterId });
    return valueOrRefuse(done).reply;
  }

  @Post('handoffs/:id/propose-route')
  @ApiOperation({
    summary: 'Propose another receiver to the unit that sent',
    description: 'The sending unit previews again and sends, or does not. Nothing moves.',
  })
  @Returns(RouteProposedSchema)
  async proposeRoute(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: ProposeRouteInputSchema }) { toUnit, reason }: ProposeRouteInput,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: Idempotency,
  ): Promise<RouteProposedView> {
    const done = await this.commands.proposeRoute(coordinatorOf(caller, key), {
      handoffId: id as HandoffId,
      toUnit: unitId(toUnit),
      reason,
    });
    return valueOrRefuse(done).reply;
  }
}

function coordinatorOf(caller: Caller, idempotency: Idempotency): CoordinatorCaller {
  const [unit] = unitsOf(caller, ['coordinator']);
  if (unit === undefined) refuseAtDoor('NO_MANDATE');
  // The token was checked at the door: this is where its subject becomes the person of the record.
  return { person: caller.person as PersonId, unit: unitId(unit), idempotency };
}
