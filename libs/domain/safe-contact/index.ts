export * from './card-of-answers.js';
export * from './check-contact.js';
export * from './safe-contact.js';
