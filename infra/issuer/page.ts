/** Text that is shown, not run. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; padding: 1rem; max-width: 48rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.125rem; margin-top: 2rem }
ul { list-style: none; padding: 0 } li { margin: .25rem 0 }
button { font: inherit; width: 100%; min-height: 2.75rem; text-align: start; padding: .5rem .75rem; cursor: pointer }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
dt { font-weight: 600 } dd { margin: 0 0 .5rem }
article { border-block-start: 1px solid; padding-block: .75rem } pre { white-space: pre-wrap }
[lang=en] { opacity: .85 }`;

/** A whole page; `body` is HTML already. Works without script, at 360 px and by keyboard. */
export function page(title: { readonly sv: string; readonly en: string }, body: string): string {
  return `<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.sv)} – Handslag</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title.sv)}<br><small lang="en">${escapeHtml(title.en)}</small></h1>
${body}
</main></body></html>`;
}
