export * from './age-on-day.js';
export * from './normal-name.js';
export * from './normal-number.js';
export * from './person.schema.js';
export * from './personal-number.js';
