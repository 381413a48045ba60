import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type LocalDate, localDateOfInstant, parseLocalDate } from '#calendar';
import {
  type RoutingExplained,
  RoutingExplainedSchema,
  type RoutingQuery,
  RoutingQuerySchema,
} from '#contracts';
import { recordNow } from '#directory';
import {
  type DirectorySnapshot,
  explainPlace,
  refusalOfRouting,
  type UnitForm,
  unitOfDistrict,
} from '#domain';
import { RefusedException } from '../http/refused.exception.js';
import { Returns } from '../http/returns.decorator.js';
import { Permits } from '../identity/permits.decorator.js';
import { PartyDirectory, wireReason } from './party-directory.js';

/** Who else serves a district beside those who decide: the clinics and the board's other services (REC-4, REC-5). */
const SERVES_DISTRICT: readonly UnitForm[] = [
  'child-psychiatry',
  'adult-psychiatry',
  'family-law',
  'financial-assistance',
  'open-care',
];

@ApiTags('units')
@Controller('api/v1/routing')
@Permits('routing.explain')
export class RoutingController {
  constructor(
    @Inject(PartyDirectory) private readonly directory: PartyDirectory,
    @Inject(DataSource) private readonly database: DataSource,
  ) {}

  @Get('explain')
  @ApiOperation({ summary: 'Which units answer for a place on a day, and why' })
  @Returns(RoutingExplainedSchema)
  async explainRouting(
    @Query({ schema: RoutingQuerySchema }) query: RoutingQuery,
  ): Promise<RoutingExplained> {
    const snapshot = await this.directory.snapshot();
    const day = await this.dayOf(query.on);
    const explained = explainPlace(snapshot, query.place, day);
    if (!explained.ok) throw new RefusedException(refusalOfRouting(explained.refusal, 'place', 'en'));
    const { place, district, municipality, rvt, bou, rvc, lpo, jour, otherMunicipality, because } =
      explained.value;
    const units = {
      ...{ rvt, bou, rvc, lpo, socialjouren: jour, 'other-municipality': otherMunicipality },
      ...servicesOf(snapshot, district, day),
    };
    return {
      place: place.name,
      on: day,
      district,
      municipality,
      units: Object.entries(units).map(([role, unit]) => ({
        role,
        unit: unit?.id ?? null,
        name: unit?.name ?? null,
        external: (unit?.external ?? []).map(({ code, text }) => ({ code, text })),
      })),
      because: because.map(wireReason),
    };
  }

  private async dayOf(on: string | undefined): Promise<LocalDate> {
    const asked = on === undefined ? undefined : parseLocalDate(on);
    return asked ?? localDateOfInstant(await recordNow(this.database.manager));
  }
}

function servicesOf(snapshot: DirectorySnapshot, district: string | null, day: LocalDate) {
  if (district === null) return {};
  return Object.fromEntries(
    SERVES_DISTRICT.map((form) => [form, unitOfDistrict(snapshot, form, district, day)]),
  );
}
