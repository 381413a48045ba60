export * from './acute-police-referral.form.js';
export * from './answered.js';
export * from './code-sets.js';
export * from './field.js';
export * from './forms.js';
export * from './morning-handover.form.js';
export * from './return-to-police.form.js';
