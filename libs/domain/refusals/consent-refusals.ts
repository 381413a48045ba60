/** Refusals about consents, decisions to tell, and whom it is safe to reach. */
export const CONSENT_REFUSALS = {
  SAFETY_GATE_CLOSED: {
    sv: 'Det är inte beslutat att personen får nås, så inget får skickas till eller begäras av hen.',
    en: 'It has not been decided that this person may be reached, so nothing may be sent to or asked of them.',
    next: {
      sv: 'Dokumentera ett beslut för personen: nu, eller uppskjutet med skäl och dag för omprövning.',
      en: 'Record a decision for this person: now, or postponed with reasons and a day of review.',
    },
  },
  CHANGE_CONDITIONS_UNMET: {
    sv: 'Erbjudandet till honom får inte göras än: polisen ska ha berättat för honom, han ska ha sagt ja till kontakt, och det ska vara säkert för henne.',
    en: 'He may not be offered anything yet: the police must have told him, he must agree to contact, and it must be safe for her.',
    next: {
      sv: 'Vänta på polisens besked, eller ange från vilken tid det är säkert för henne.',
      en: 'Wait for word from the police, or set from when it is safe for her.',
    },
  },
  INVESTIGATION_UNDECIDED: {
    sv: 'Det är inte beslutat om utredning ska inledas, så det finns inget att berätta (SoL 20:2, OSL 26:9 a).',
    en: 'Whether to open an investigation is not decided, so there is nothing to tell (SoL 20:2, OSL 26:9 a).',
    next: {
      sv: 'Fatta beslutet om utredning först.',
      en: 'Decide on the investigation first.',
    },
  },
  ALREADY_TOLD: {
    sv: 'Den som anmälde har redan fått veta. Det kan inte tas tillbaka.',
    en: 'Who reported has been told already. It cannot be taken back.',
    next: {
      sv: 'Har beslutet om utredning ändrats, berätta det nya.',
      en: 'If the decision on the investigation has changed, tell the new one.',
    },
  },
  CONSENT_PATH_FIRST: {
    sv: 'För ett barn måste det först prövas vem som får samtycka.',
    en: 'For a child it must first be settled who may consent.',
    next: {
      sv: 'Pröva samtyckesvägen för barnet och ange den prövning som tillåter samtycket.',
      en: 'Evaluate the consent path of the child and name the evaluation that allows this consent.',
    },
  },
  ALREADY_TAKEN_BACK: {
    sv: 'Det är redan återtaget eller markerat som felregistrerat.',
    en: 'It has already been taken back or marked as entered in error.',
    next: {
      sv: 'Inget behöver göras. Se vad som redan har lämnats.',
      en: 'Nothing needs doing. See what has already left.',
    },
  },
  UNIT_HEAD_DECIDES: {
    sv: 'Bara enhetschefen får ta bort ett registrerat nej.',
    en: 'Only the unit head may set a recorded no aside.',
    next: {
      sv: 'Be enhetschefen, eller registrera ett nytt svar när personen har gett ett.',
      en: 'Ask the unit head, or record a new answer when the person has given one.',
    },
  },
  NOT_A_BASIS_TO_DECIDE: {
    sv: 'Den grunden beslutas inte i det enskilda fallet.',
    en: 'That basis is not decided in the individual case.',
    next: {
      sv: 'Välj en grund som kräver ett enskilt beslut.',
      en: 'Choose a basis that needs an individual decision.',
    },
  },
  DECIDED_BY_ANOTHER_ROLE: {
    sv: 'Din roll får inte fatta beslut på den grunden.',
    en: 'Your role may not decide on that basis.',
    next: {
      sv: 'Be den som får besluta, oftast enhetschefen.',
      en: 'Ask who may decide, mostly the unit head.',
    },
  },
  CONDITIONS_NOT_MET: {
    sv: 'Alla villkor för grunden är inte prövade och uppfyllda.',
    en: 'Not every condition of the basis has been tested and found met.',
    next: {
      sv: 'Pröva villkoren som nämns. Är något inte uppfyllt får uppgifterna inte lämnas på den grunden.',
      en: 'Test the conditions named. If one is not met, nothing may be told on that basis.',
    },
  },
} as const;
