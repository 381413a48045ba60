import type { IdentityLinks } from '../protected-identity/identity-links.service.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { authorityOfUnit, type IdentityIndex } from './identity-index.js';

export interface IndexRoundDeps {
  readonly index: IdentityIndex;
  readonly links: IdentityLinks;
  readonly sealing: PartySealing;
  readonly reader: CustodyReader;
  readonly units: () => Promise<readonly string[]>;
}

/** Keeps the party's index whole, by the hour: what was missed is learned, and a key that nothing is under any more goes. */
export class IndexRound {
  constructor(private readonly deps: IndexRoundDeps) {}

  /** How many matters and links were written. */
  async sweep(): Promise<number> {
    const { index, links, sealing, reader } = this.deps;
    const units = await this.deps.units();
    const byAuthority = new Map<string, string[]>();
    let written = 0;
    for (const unit of units) {
      const authority = await reader.as([unit], (manager) => authorityOfUnit(manager, unit));
      if (authority === null) continue;
      byAuthority.set(authority, [...(byAuthority.get(authority) ?? []), unit]);
      written += await index.sweep(unit);
      written += await links.retag(authority, unit);
    }
    for (const [authority, own] of byAuthority) {
      if (await index.isWrittenAnew(authority, own)) await sealing.indexKeys.retireOld(authority);
    }
    return written;
  }
}
