import type { CaughtMail } from './caught-mail.js';
import { escapeHtml, page } from './page.js';
import type { Persona } from './personas.js';

function byParty(personas: readonly Persona[]): [string, Persona[]][] {
  const groups = new Map<string, Persona[]>();
  for (const persona of personas) groups.set(persona.party, [...(groups.get(persona.party) ?? []), persona]);
  return [...groups];
}

export function frontPage(appUrls: Readonly<Record<string, string>>, personas: readonly Persona[]): string {
  const doors = Object.entries(appUrls)
    .filter(([name]) => !['issuer', 'engine', 'courier', 'sealer'].includes(name))
    .map(([name, url]) => `<li><a href="${escapeHtml(url)}/api/docs">${escapeHtml(name)}</a></li>`);
  const people = byParty(personas).map(
    ([party, members]) =>
      `<h3>${escapeHtml(party)}</h3><ul>${members.map((one) => `<li><code>${escapeHtml(one.persona)}</code> ${escapeHtml(one.label.sv)} <span lang="en">${escapeHtml(one.label.en)}</span></li>`).join('')}</ul>`,
  );
  return page(
    { sv: 'Handslag, lokalt', en: 'Handslag, on this machine' },
    `<p>Ingen släpper förrän någon annan håller. <span lang="en">No one lets go until someone else holds.</span></p>
<h2>Tjänster <span lang="en">(services)</span></h2><ul>${doors.join('')}</ul>
<p><a href="/mail">E-post som har skickats <span lang="en">(mail that was sent)</span></a></p>
<h2>Roller att prova <span lang="en">(personas)</span></h2>${people.join('')}
<p lang="en">A token: <code>curl -s ${escapeHtml(appUrls['issuer'] ?? '')}/dev/token -H 'content-type: application/json' -d '{"persona":"…"}'</code></p>`,
  );
}

export function loginPage(action: string, personas: readonly Persona[]): string {
  const groups = byParty(personas).map(
    ([party, members], index) =>
      `<section aria-labelledby="party-${index}"><h2 id="party-${index}">${escapeHtml(party)}</h2><ul>${members
        .map(
          (one) =>
            `<li><button name="persona" value="${escapeHtml(one.persona)}">${escapeHtml(one.label.sv)}<br><small><span lang="en">${escapeHtml(one.label.en)}</span> · ${escapeHtml(one.persona)}</small></button></li>`,
        )
        .join('')}</ul></section>`,
  );
  return page(
    { sv: 'Välj vem du är', en: 'Choose who you are' },
    `<p>Endast lokalt: inget lösenord. <span lang="en">On this machine only: no password.</span></p>
<form method="post" action="${escapeHtml(action)}">${groups.join('')}</form>`,
  );
}

export function mailPage(messages: readonly CaughtMail[]): string {
  const shown = messages.map(
    (mail) =>
      `<article><dl><dt>Till <span lang="en">(to)</span></dt><dd>${escapeHtml(mail.to.join(', '))}</dd><dt>Ämne <span lang="en">(subject)</span></dt><dd>${escapeHtml(mail.subject)}</dd><dt>Mottaget <span lang="en">(received)</span></dt><dd><time>${escapeHtml(mail.receivedAt)}</time></dd></dl><pre>${escapeHtml(mail.body)}</pre></article>`,
  );
  const none = '<p>Inget har skickats ännu. <span lang="en">Nothing has been sent yet.</span></p>';
  return page({ sv: 'E-post', en: 'Mail' }, shown.length > 0 ? shown.join('') : none);
}
