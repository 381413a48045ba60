import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangeOfferedSchema, type OfferChange, OfferChangeSchema, UuidSchema } from '#contracts';
import { CurrentCaller, type Idempotency, IdempotencyKey } from '../http/headers.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Caller } from '../identity/caller.js';
import { Permits } from '../identity/permits.decorator.js';
import { ChangeOffers } from './change-offers.service.js';

@ApiTags('change offer')
@Controller('api/v1/matters/:id')
@Permits('social.decide')
export class ChangeOffersController {
  constructor(@Inject(ChangeOffers) private readonly offers: ChangeOffers) {}

  @Post('change-offer')
  @ApiOperation({
    summary:
      'It is safe for her from this time that he is offered change work; then his own matter is opened',
    description:
      'By the unit that answers for her safety, once the police have told him and he agrees to contact.',
  })
  @Returns(ChangeOfferedSchema, { status: 201 })
  offerChange(
    @Param('id', { schema: UuidSchema }) id: string,
    @Body({ schema: OfferChangeSchema }) body: OfferChange,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotency: Idempotency,
  ) {
    return this.offers.offer(caller, idempotency, id, body);
  }
}
