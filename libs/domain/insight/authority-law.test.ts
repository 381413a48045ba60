import { describe, expect, it } from '@jest/globals';
import { UNIT_KINDS } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { appealText } from './appeal-text.js';
import { AUTHORITY_LAW, insightAuthorityOf } from './authority-law.js';
import { provisionsOf } from './decide-insight.js';
import { INSIGHT_RULES } from './insight-rules.js';

describe('the law of insight at an authority', () => {
  it('protects the individual by the authority’s own section: the police never cite that of social services', () => {
    const all = keysOf(INSIGHT_RULES);
    expect(provisionsOf(['OTHER_PERSON', 'PUBLIC'], 'social-board')).toEqual(['OSL 26:1, 12:2', 'OSL 26:1']);
    expect(provisionsOf(['OTHER_PERSON', 'REPORTER'], 'police')).toEqual(['OSL 35:1, 12:2', 'OSL 35:1']);
    expect(provisionsOf(['REPORTER'], 'social-board')).toEqual(['OSL 26:5']);
    for (const authority of keysOf(AUTHORITY_LAW)) {
      const cited = provisionsOf(all, authority).join('; ');
      expect(cited).not.toContain('{');
      expect(cited.includes('26:')).toBe(authority === 'social-board');
    }
  });

  it('names the court that tries the refusal, and each fact says where it is from', () => {
    for (const kind of keysOf(AUTHORITY_LAW)) {
      const { court, secrecy } = AUTHORITY_LAW[kind];
      const text = appealText({ authority: 'Nämnden', kind, lastDay: null });
      expect(text.sv).toContain(court.name.sv);
      expect(text.en).toContain(court.name.en);
      for (const { source, tag } of [court, secrecy]) expect(source.length * tag.length).toBeGreaterThan(0);
    }
  });

  it('is known for every kind of unit', () => {
    const kinds = keysOf(UNIT_KINDS);
    expect(kinds.filter((kind) => insightAuthorityOf(kind) === 'police')).toEqual(['police']);
    expect(kinds.filter((kind) => insightAuthorityOf(kind) === 'health')).toEqual([
      'region',
      'youth-clinic',
      'outside-care',
    ]);
    expect(insightAuthorityOf('bou')).toBe('social-board');
  });
});
