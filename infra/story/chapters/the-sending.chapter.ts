import { DispatchPreviewSchema, type DispatchView, DispatchViewSchema, HandoffViewSchema } from '#contracts';
import { deadlineLine, reasons } from '../stage/explained.js';
import { clockTime } from '../stage/language.js';
import { expectTold, told } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';
import { type Case, type CaseMatter, mattersOf } from './the-case.js';

const SOCIALJOUREN = 'socialjouren-stockholm';

/** The police preview and send all three to socialjouren in one act; it is acknowledged once, and for good. */
export async function theSending(stage: Stage, theCase: Case): Promise<DispatchView> {
  const { timeline } = stage;
  const { language } = timeline;
  timeline.chapter({ sv: '2. Skickat, och kvitterat för gott', en: '2. Sent, and acknowledged for good' });
  const police = await stage.as('police-liaison-globen');
  const consent = `Modern samtycker i bilen ${stage.canaries.word('basis.statement')}`;
  const preview = await police.post(
    '/dispatches/preview',
    {
      items: mattersOf(theCase).map(({ matterId }) =>
        matterId === theCase.mother.matterId
          ? { matterId, basis: { code: 'X-01', statement: consent } }
          : { matterId },
      ),
    },
    DispatchPreviewSchema,
  );
  timeline.at(await stage.now(), 'LPO Globen', {
    sv: 'förhandsgranskar: vad lämnar oss, till vem, och varför',
    en: 'previews: what leaves us, to whom, and why',
  });
  for (const matter of mattersOf(theCase)) {
    const item = told(
      preview.items.find(({ matterId }) => matterId === matter.matterId),
      `a preview of ${matter.who.en}`,
    );
    expectTold(item.toUnit.id === SOCIALJOUREN, `${matter.who.en} to go to ${SOCIALJOUREN}`, item.toUnit.id);
    timeline.note({
      sv: `${matter.who.sv} → ${item.toUnit.name}: ${item.leaves.length} uppgifter lämnas, ${item.withheld.length} hålls kvar; grund ${item.basis.code} ${item.basis.label.sv}`,
      en: `${matter.who.en} → ${item.toUnit.name}: fields that leave: ${item.leaves.length}, withheld: ${item.withheld.length}; basis ${item.basis.code} ${item.basis.label.en}`,
    });
  }
  const child = told(
    preview.items.find(({ matterId }) => matterId === theCase.elder.matterId),
    'a preview of the child',
  );
  const rules = child.deadlines.map(({ rule }) => rule);
  for (const duty of ['D-01', 'D-02', 'D-03', 'D-04']) {
    expectTold(rules.includes(duty), `sending a report about a child to start ${duty}`, rules);
  }
  timeline.note({
    sv: `Varför ${child.toUnit.name}, och vilka tider som börjar löpa för barnet:`,
    en: `Why ${child.toUnit.name}, and the times that start for the child:`,
  });
  for (const line of reasons(child.found, 'child', language)) timeline.note(line);
  for (const deadline of child.deadlines) {
    timeline.note(deadlineLine(deadline, language));
  }

  const began = performance.now();
  const sent = await police.post('/dispatches', { previewId: preview.previewId }, DispatchViewSchema);
  const took = Math.round(performance.now() - began);
  expectTold(sent.handoffs.length === 3, 'three handoffs in one dispatch', sent.handoffs.length);
  timeline.at(new Date(sent.sentAt), 'LPO Globen', {
    sv: `skickar. Registret har det (${took} ms): nu kan inget gå förlorat. Polisen svarar tills någon tar över`,
    en: `sends. The record has it (${took} ms): nothing can be lost now. The police answer until somebody takes over`,
  });

  await delivered(stage, sent, mattersOf(theCase));
  return sent;
}

/** The receiver's own system has verified the envelopes: it is its act, and nobody here did it. */
async function delivered(stage: Stage, sent: DispatchView, matters: readonly CaseMatter[]): Promise<void> {
  const police = await stage.as('police-liaison-globen');
  const times = await Promise.all(
    sent.handoffs.map(({ handoffId }) =>
      stage.waitFor("socialjouren's system to have verified the envelope", async () => {
        const { deliveredAt } = await police.get(`/handoffs/${handoffId}`, HandoffViewSchema);
        return deliveredAt;
      }),
    ),
  );
  const last = new Date(times.toSorted().at(-1) ?? sent.sentAt);
  stage.timeline.at(last, 'Socialjouren (system)', {
    sv: `har kontrollerat alla ${matters.length} kuverten: levererat`,
    en: `has verified all ${matters.length} envelopes: delivered at ${clockTime(last, 'en')}`,
  });
}
