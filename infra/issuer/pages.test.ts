import { expect, test } from '@jest/globals';
import { loginPage, mailPage } from './pages.js';

const persona = {
  persona: 'rvt-case-worker-sydvast',
  personId: 'p-1',
  role: 'case-worker',
  unitId: 'rvt-sydvast',
  unit: 'RVT Sydväst',
  party: 'rvt',
  label: { sv: 'RVT Sydväst, handläggare', en: 'RVT Sydväst, case worker' },
};

test('the login page offers each persona as a button, in Swedish and English', () => {
  const html = loginPage('/interaction/abc', [persona]);
  expect(html).toContain('<html lang="sv">');
  expect(html).toContain('action="/interaction/abc"');
  expect(html).toMatch(/<button name="persona" value="rvt-case-worker-sydvast">RVT Sydväst, handläggare/);
  expect(html).toContain('<span lang="en">RVT Sydväst, case worker</span>');
});

test('what was mailed is shown as text, never run', () => {
  const html = mailPage([
    {
      receivedAt: '2026-06-05T21:30:00Z',
      to: ['a@b'],
      from: 'x',
      subject: '<b>hi</b>',
      body: '<script>1</script>',
    },
  ]);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;b&gt;hi&lt;/b&gt;');
});
