import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  StandardSchemaSerializerInterceptor,
  type Type,
} from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_INTERCEPTOR,
  APP_PIPE,
  DiscoveryModule,
  ModuleRef,
  Reflector,
} from '@nestjs/core';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { connectClient } from '#temporal';
import { DatabaseRefusalAudit } from '../audit/refusal-audit.js';
import { type PartyConfig } from '../config/party-config.schema.js';
import { dependency } from '../health/dependency.port.js';
import { HealthController } from '../health/health.controller.js';
import { reachable } from '../health/reachable.js';
import { Readiness } from '../health/readiness.js';
import { IdempotencySweep } from '../housekeeping/idempotency-sweep.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { createValidationPipe } from '../http/validation.pipe.js';
import { VersionedInterceptor } from '../http/versioned.interceptor.js';
import { AccessTokens } from '../identity/access-tokens.service.js';
import { Mandates } from '../identity/mandates.repository.js';
import { PermissionGuard } from '../identity/permission.guard.js';
import { UnknownCallers } from '../identity/unknown-callers.js';
import type { Party } from '../party.port.js';
import { openPartyDatabase } from './party-database.js';
import { sharedFeatures } from './shared-features.js';
import { SpineModule } from './spine.module.js';
import { IDEMPOTENCY_ROUND, LOG, PARTY, PARTY_CONFIG } from './tokens.js';
import { WorkerRunner } from './worker-runner.js';

/** What every party service shares: record, identity, refusals, health. Global, so that features can lean on it. */
@Module({})
export class PartyModule {
  static with(party: Party, config: PartyConfig, log: Logger): DynamicModule {
    const providers: (FactoryProvider | { provide: symbol | Type; useValue: unknown })[] = [
      { provide: PARTY_CONFIG, useValue: config },
      { provide: PARTY, useValue: party },
      { provide: LOG, useValue: log },
      { provide: UnknownCallers, useValue: new UnknownCallers(log) },
      { provide: DataSource, useFactory: () => openPartyDatabase(party, config, log) },
      {
        provide: AccessTokens,
        useFactory: () => new AccessTokens({ issuer: config.OIDC_ISSUER, audience: config.OIDC_AUDIENCE }),
      },
      {
        provide: Mandates,
        useFactory: (database: DataSource) => new Mandates(database, party.name),
        inject: [DataSource],
      },
      {
        provide: IdempotencySweep,
        useFactory: (database: DataSource) => new IdempotencySweep(database, party.name),
        inject: [DataSource],
      },
      {
        provide: IDEMPOTENCY_ROUND,
        useFactory: (keys: IdempotencySweep) => new SlowRound('idempotency', () => keys.sweep(), log),
        inject: [IdempotencySweep],
      },
      {
        provide: WorkerRunner,
        useFactory: (app: ModuleRef) =>
          new WorkerRunner(party.worker, { config, app, temporal: connectClient(config), log }),
        inject: [ModuleRef],
      },
      {
        provide: Readiness,
        useFactory: (database: DataSource, tokens: AccessTokens, worker: WorkerRunner) =>
          new Readiness([
            dependency('database', true, () => database.query('select directory.record_now()')),
            dependency('issuer', true, () => tokens.reachable()),
            dependency('temporal', false, () => worker.serving()),
            dependency('redis', false, () => reachable(config.REDIS_URL)),
          ]),
        inject: [DataSource, AccessTokens, WorkerRunner],
      },
    ];
    return {
      module: PartyModule,
      global: true,
      imports: [
        DiscoveryModule,
        ...(party.holdsMatters
          ? [SpineModule.with(party, config, log), ...sharedFeatures(party, config, log)]
          : []),
        ...party.features,
      ],
      controllers: [HealthController],
      providers: [
        ...providers,
        { provide: APP_PIPE, useFactory: createValidationPipe },
        {
          provide: APP_FILTER,
          useFactory: (database: DataSource) =>
            new ProblemFilter(new DatabaseRefusalAudit(database, party.name), log),
          inject: [DataSource],
        },
        {
          provide: APP_GUARD,
          useFactory: (reflector: Reflector, mandates: Mandates) => new PermissionGuard(reflector, mandates),
          inject: [Reflector, Mandates],
        },
        {
          provide: APP_INTERCEPTOR,
          useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
          inject: [Reflector],
        },
        { provide: APP_INTERCEPTOR, useClass: VersionedInterceptor },
      ],
      exports: providers.map(({ provide }) => provide),
    };
  }
}
