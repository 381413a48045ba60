/** Asked once of a report, with the first decision on an investigation; no process awaits it. */
export const FEEDBACK_STEP = { process: 'report-feedback', stepKey: 'decide', occurrence: '1' } as const;
