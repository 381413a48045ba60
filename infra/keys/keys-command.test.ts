import { describe, expect, it } from '@jest/globals';
import { readWish } from './keys-command.js';

const CONTENT = '6b1f4d4e-9a57-4b0e-8f0a-0d3f6f1c2b3a';
const wish = (line: string) => readWish(line.split(' '));

describe('the command line of keys', () => {
  it('says what is wanted, and of which unit', () => {
    expect(wish('list rvt-farsta')).toEqual({ verb: 'list', unit: 'rvt-farsta', language: 'sv' });
    expect(wish('rotate rvt-farsta sign --lang en')).toMatchObject({ purposes: ['sign'], language: 'en' });
    expect(wish('index rvt-farsta')).toMatchObject({ verb: 'index', unit: 'rvt-farsta' });
    expect(wish('reindex rvt-farsta farsta-stadsdelsnamnd')).toMatchObject({
      verb: 'reindex',
      authority: 'farsta-stadsdelsnamnd',
    });
    expect(wish('rotate rvt-farsta')).toMatchObject({ purposes: ['wrap', 'sign'] });
    expect(wish(`erase --unit rvt-farsta --content ${CONTENT} --content ${CONTENT}`)).toMatchObject({
      contents: [CONTENT],
      isConfirmed: false,
    });
  });

  it.each([
    '',
    'list',
    'reindex rvt-farsta',
    'reindex rvt-farsta farsta-stadsdelsnamnd both',
    'index rvt-farsta farsta-stadsdelsnamnd',
    'rotate rvt-farsta both',
    'rotate rvt-farsta wrap sign',
    'rotate rvt-farsta --yes',
    'erase rvt-farsta',
    'erase --unit rvt-farsta --yes',
    'erase --unit rvt-farsta --content all --yes',
    `erase --content ${CONTENT} --yes`,
    'list rvt-farsta --lang fi',
    'list rvt-farsta --force',
    'destroy rvt-farsta',
  ])('takes "%s" for no wish', (line) => {
    expect(wish(line)).toBeNull();
  });
});
