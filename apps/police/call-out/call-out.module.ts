import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IncidentObservers, PartyDirectory } from '#party';
import { CallOuts } from './call-outs.service.js';

/** Call-outs follow the reports: written when one is committed, and again by whoever finds one missing. */
@Module({
  providers: [
    {
      provide: CallOuts,
      useFactory: (database: DataSource, directory: PartyDirectory, observers: IncidentObservers) => {
        const callOuts = new CallOuts(database, directory);
        observers.add(async ({ incidentId, kind }) => {
          if (kind === 'call-out') await callOuts.ensure(incidentId);
        });
        return callOuts;
      },
      inject: [DataSource, PartyDirectory, IncidentObservers],
    },
  ],
})
export class CallOutModule {}
