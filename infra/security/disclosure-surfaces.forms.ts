/** How far a form's field goes, in the letters of forms.md: J socialjouren, B the child's, V hers, S support, P his, C care, K the police; b only when it must call. */
interface Sees {
  readonly sees: string;
  readonly whose: string;
  /** Sealed apart: travels only in the envelope of the person it is about. */
  readonly apart?: true;
}
const sees = (letters: string, whose: string): Sees => ({ sees: letters, whose });
const apart = (letters: string, whose: string): Sees => ({ sees: letters, whose, apart: true });

/** forms.md 1, 2, and what goes back to the police. */
export const FORMS_MD: Readonly<Record<string, Readonly<Record<string, Sees>>>> = {
  'acute-police-referral': {
    'incident.time': sees('JBV', 'i'),
    'incident.place': sees('JBV', 'i'),
    'incident.municipality': sees('JBV', 'i'),
    'incident.on-scene': sees('JBV', 'i'),
    'police.callback': sees('JB', 's'),
    'police.reference': sees('JB', 'i'),
    'danger.suspect-where': sees('JBV', 'i'),
    'danger.signs': sees('JBV', 'i'),
    'violence.codes': sees('JBV', 'i'),
    'child.identity': sees('JB', 'c'),
    'child.exposure': sees('JB', 'c'),
    'child.seen-and-spoken-to': sees('JB', 'c'),
    'child.where-now': sees('JB', 'c'),
    'child.guardianship': sees('JB', 'c'),
    'child.contact-ban-or-representative': sees('JBV', 'c'),
    'victim.identity': sees('JVB', 'v'),
    'victim.contact-wish': sees('JVB', 'v'),
    'victim.consent': sees('JVB', 'v'),
    'victim.injuries': sees('JBV', 'vc'),
    'safe-contact.number': apart('JV', 'v'),
    'safe-contact.times': apart('JV', 'v'),
    'safe-contact.may-say-who': apart('JV', 'v'),
    'safe-contact.voicemail': apart('JV', 'v'),
    'safe-contact.shared-phone': apart('JV', 'v'),
    'safe-contact.language': apart('JV', 'v'),
    'safe-contact.interpreter': apart('JV', 'v'),
    'suspect.identity': sees('JBP', 'p'),
    'suspect.role-disputed': sees('JBP', 'p'),
    'suspect.guardian-of': sees('JB', 'c'),
    'suspect.told': sees('JBP', 'p'),
    'suspect.agrees-to-contact': sees('JBP', 'p'),
    // Masked for the others.
    'protected.status': sees('J', 'vc'),
    'protected.asserted-district': sees('J', 'vc'),
    'attendance.necessity-and-ground': sees('J', 'i'),
    'attendance.hazards': sees('J', 'i'),
    'told.who-what': sees('JBV', 'i'),
    facts: sees('JB', 'ic'),
  },
  'morning-handover': {
    'assessment.outcome': sees('BJ', 'c'),
    'assessment.reasons': sees('BJ', 'c'),
    'assessment.child-heard': sees('BJ', 'c'),
    'assessment.assessor': sees('BJ', 'c'),
    'assessment.time': sees('BJ', 'c'),
    'subject.identity': sees('BVJ', 'vc'),
    'done-decided-promised': sees('BVJ', 'vc'),
    whereabouts: apart('BVJ', 'vc'),
    'running-deadlines': sees('BVJ', 'vc'),
    'needed-before': sees('BVJ', 'vc'),
    'told.who-what': sees('BVJ', 'i'),
    'consent-and-basis': sees('BVJ', 'vc'),
    'guardianship-and-residence': sees('BJ', 'c'),
    'suspect.status': sees('BVJ', 'p'),
    'open-questions': sees('BVJ', 'vc'),
    'safe-contact.card': apart('VJb', 'v'),
    'siblings.units': sees('BJ', 'c'),
    callbacks: sees('BVJ', 's'),
  },
  // to who gives the support and back to who decided; REC-5: to care and its answer; DESIGN 6.2: his, apart from hers.
  'support-referral': {
    'support.person': sees('SVB', 'vc'),
    'support.need': sees('SVB', 'vc'),
    'support.decision': sees('SVB', 'vc'),
    'support.risk': sees('SVB', 'vc'),
    'support.language': sees('SVB', 'vc'),
    'support.access': sees('SVB', 'vc'),
    'support.consent': sees('SVB', 'vc'),
    'support.safe-contact': apart('SV', 'v'),
    'support.callback': sees('SVB', 's'),
  },
  'change-offer': {
    'change.person': sees('P', 'p'),
    'change.agrees': sees('P', 'p'),
    'change.how-to-reach': sees('P', 'p'),
    'change.own-words': sees('P', 'p'),
    'change.language': sees('P', 'p'),
    'change.callback': sees('P', 's'),
  },
  'care-referral': {
    'care.person': sees('C', 'vc'),
    'care.question': sees('C', 'vc'),
    'care.screening': sees('C', 'vc'),
    'care.guardian-access-closed': sees('C', 'c'),
    'care.notices-to': sees('C', 'vc'),
    'care.language': sees('C', 'vc'),
    'care.consent': sees('C', 'vc'),
    'care.safe-contact': apart('C', 'v'),
    'care.callback': sees('C', 's'),
  },
  'care-answer': {
    'answer.person': sees('VSB', 'vc'),
    'answer.what-was-done': sees('VSB', 'vc'),
    'answer.needs-of-the-person': sees('VSB', 'vc'),
    'answer.callback': sees('VSB', 's'),
  },
  'return-to-police': {
    'return.callback': sees('K', 's'),
    'return.what-the-person-was-told': sees('K', 'v'),
  },
};
