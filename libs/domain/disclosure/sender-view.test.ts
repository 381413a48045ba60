import { describe, expect, it } from '@jest/globals';
import { HANDOFF_PHASES, type HandoffPhase } from '../handoff/index.js';
import { ROUTES, type Route } from '../routes/index.js';
import { type SenderViewQuestion, senderSees, tellSenderAfterwards } from './sender-view.js';
import { A_DAY, recordOf, unitOfKind } from './test/questions.js';

function questionOf(route: Route, phase: HandoffPhase): SenderViewQuestion {
  const [sender, receiver] = [unitOfKind(route.from, 'sender'), unitOfKind(route.to, 'receiver')];
  return { route, phase, at: A_DAY, receiver, sender, surface: 'sender-view' };
}
const told = (question: SenderViewQuestion, records: Parameters<typeof tellSenderAfterwards>[0]['records']) =>
  tellSenderAfterwards({ ...question, records }).fields.flatMap(({ field, verdict }) =>
    verdict === 'leaves' ? [field] : [],
  );

describe('what the sender of an offer sees', () => {
  it.each(ROUTES.map((route) => [route.id, route] as const))(
    '%s: its phase in every phase, and never more than the route says, in a stream neither',
    (_, route) => {
      for (const phase of HANDOFF_PHASES) {
        const seen = senderSees(questionOf(route, phase));
        expect([...seen]).toEqual(route.senderView.byPhase[phase]);
        expect(senderSees({ ...questionOf(route, phase), surface: 'event-stream' })).toEqual(seen);
      }
    },
  );

  it('is nothing for somebody who is no authority of the field', () => {
    const [route] = ROUTES;
    if (route === undefined) throw new Error('no route');
    const stranger = { is: 'authority', kind: 'coordination' } as const;
    expect(senderSees({ ...questionOf(route, 'accepted'), sender: stranger }).size).toBe(0);
  });
});

describe('what the holder may tell the sender afterwards', () => {
  it.each(ROUTES.map((route) => [route.id, route] as const))('%s: nothing by itself', (_, route) => {
    expect(told(questionOf(route, 'accepted'), [])).toEqual([]);
  });

  const children = ROUTES.filter(({ subject }) => subject === 'child');
  const isReport = ({ matterKind }: Route) => matterKind === 'child-protection';

  it.each(children.filter((route) => !isReport(route)).map((route) => [route.id, route] as const))(
    '%s: nothing of a child that is no report, whatever was recorded',
    (_, route) => {
      const question = questionOf(route, 'accepted');
      const { receiver, sender } = question;
      for (const purpose of ['feedback-to-reporter', 'handover-status'] as const)
        for (const basis of ['X-13', 'X-01'] as const)
          expect(told(question, [recordOf(basis, receiver, sender, purpose)])).toEqual([]);
    },
  );

  it.each(children.filter(isReport).map((route) => [route.id, route] as const))(
    '%s: the outcome of the report when BoU has decided to tell it, and nothing else',
    (_, route) => {
      const question = questionOf(route, 'accepted');
      const decided = recordOf('X-13', question.receiver, question.sender, 'feedback-to-reporter');
      expect(told(question, [decided])).toEqual(['report-outcome']);
      const consent = recordOf('X-01', question.receiver, question.sender, 'feedback-to-reporter');
      expect(told(question, [consent])).toEqual([]);
    },
  );

  it.each(ROUTES.filter(({ subject }) => subject === 'victim').map((route) => [route.id, route] as const))(
    '%s: what happened to an adult only with her consent to that sender',
    (_, route) => {
      const question = questionOf(route, 'accepted');
      const consent = recordOf('X-01', question.receiver, question.sender, 'handover-status');
      expect(told(question, [consent])).toEqual(['work-outcome', 'work-instants']);
      expect(told(question, [{ ...consent, withdrawnAt: A_DAY }])).toEqual([]);
      expect(told(question, [{ ...consent, recipient: 'another' }])).toEqual([]);
    },
  );
});
