export * from './child-acts.js';
export * from './child-case.js';
export * from './child-questions.js';
export * from './choose-programme.js';
export * from './decide-child-act.js';
export * from './decide-opening.js';
export * from './programmes.js';
