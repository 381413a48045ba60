/** Refusals in BoU's decision on a child (DESIGN 6.4). Each names its rule and what would make it lawful. */
export const CHILD_REFUSALS = {
  VIOLENCE_OPENS_INVESTIGATION: {
    sv: 'Barnet kan ha utsatts för eller bevittnat våld av eller mot en närstående: utredning inleds utan dröjsmål (SOSFS 2014:4 6:1, HSLF-FS 2022:39).',
    en: 'The child may have suffered or witnessed violence by or against somebody close: an investigation is opened without delay (SOSFS 2014:4 6:1, HSLF-FS 2022:39).',
    next: {
      sv: 'Inled utredning. Pågår en redan, ange den. Är det utrett att barnet inte kan ha utsatts, ange det med skäl.',
      en: 'Open an investigation. If one is running, name it. If it is known that the child cannot have been exposed, say so with reasons.',
    },
  },
  LATE_DECISION_UNEXPLAINED: {
    sv: 'Beslutet kommer senare än 14 dagar efter anmälan (SoL 20:2, D-03).',
    en: 'The decision comes later than 14 days after the report (SoL 20:2, D-03).',
    next: {
      sv: 'Ange de synnerliga skälen, eller att det inte fanns några.',
      en: 'Give the exceptional reasons, or say that there were none.',
    },
  },
  INVESTIGATION_NOT_RUNNING: {
    sv: 'Det pågår ingen utredning av barnet här.',
    en: 'No investigation of the child is running here.',
    next: {
      sv: 'Besluta att inleda en, eller rätta det som avslutade den.',
      en: 'Decide to open one, or correct what closed it.',
    },
  },
  INVESTIGATION_RUNNING: {
    sv: 'Utredningen av barnet pågår; den avslutas med beslut, även om barnet flyttar (äldre SoL 11:4).',
    en: 'The investigation of the child is running; it ends by decision, even if the child moves (old SoL 11:4).',
    next: {
      sv: 'Avsluta utredningen med beslut först.',
      en: 'Close the investigation by decision first.',
    },
  },
  NOTICES_MISSING: {
    sv: 'Ingen som berörs är underrättad, och inget är beslutat om att låta bli (äldre SoL 11:2, D-06).',
    en: 'Nobody concerned is told, and nothing is decided about not telling (old SoL 11:2, D-06).',
    next: {
      sv: 'Dokumentera för varje person: underrättad, eller inte och varför.',
      en: 'Record for each person: told, or not and why.',
    },
  },
  EXTENSION_TOO_LATE: {
    sv: 'Utredningstiden hade gått ut när förlängningen beslutades (äldre SoL 11:2, D-05).',
    en: 'The time had run out when the extension was decided (old SoL 11:2, D-05).',
    next: { sv: 'Avsluta utredningen med beslut.', en: 'Close the investigation by decision.' },
  },
  EXTENSION_NOT_LATER: {
    sv: 'En förlängning gäller en viss tid som slutar senare än den nuvarande (äldre SoL 11:2, D-05).',
    en: 'An extension is for a certain time that ends later than the present one (old SoL 11:2, D-05).',
    next: { sv: 'Ange en senare dag.', en: 'Give a later day.' },
  },
  TAKE_OVER_NOT_AGREED: {
    sv: 'Ingen har gått med på att ta över utredningen, så den slutförs här (äldre SoL 11:4).',
    en: 'Nobody has agreed to take the investigation over, so it is finished here (old SoL 11:4).',
    next: {
      sv: 'Dokumentera att den nya kommunen eller stadsdelen går med på det, eller slutför utredningen.',
      en: 'Record that the new municipality or district agrees, or finish the investigation.',
    },
  },
  PROGRAMME_NOT_BY_CRITERIA: {
    sv: 'Stödformen följer av kriterierna: Trappan när barnet är tryggt, utan otrygg kontakt och mottagligt, annars Här och nu (R-014, R-015).',
    en: 'The programme follows from the criteria: Trappan when the child is safe, without unsafe contact and receptive, else Här och nu (R-014, R-015).',
    next: {
      sv: 'Pröva stödformen på nytt och besluta om den som prövningen ger.',
      en: 'Evaluate the programme anew and decide on the one that it gives.',
    },
  },
  SUPPORT_NOT_DECIDED: {
    sv: 'Inget stöd är beslutat för barnet; BoU beslutar före första samtalet (R-006).',
    en: 'No support is decided for the child; BoU decides before the first conversation (R-006).',
    next: { sv: 'Besluta om stöd först.', en: 'Decide on support first.' },
  },
  UNIT_HEAD_TAKES_DECISION: {
    sv: 'Samtyckesvägen kräver ett ställningstagande av enhetschefen.',
    en: 'The consent path asks for a decision by the unit head.',
    next: { sv: 'Be enhetschefen besluta.', en: 'Ask the unit head to decide.' },
  },
  FOLLOW_UP_CONDITIONS_NOT_MET: {
    sv: 'En uppföljning beslutas en gång, efter en utredning som avslutats utan insats eller en placering eller vård som upphört (äldre SoL 11:4 c, LVU 21 c, D-07).',
    en: 'A follow-up is decided once, after an investigation closed without a measure or a placement or care that ended (old SoL 11:4 c, LVU 21 c, D-07).',
    next: {
      sv: 'Avsluta utredningen utan insats först, eller ange placeringen eller vården som upphörde.',
      en: 'Close the investigation without a measure first, or name the placement or care that ended.',
    },
  },
} as const;
