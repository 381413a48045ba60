export * from './age-on-day.js';
export * from './person.schema.js';
export * from './personal-number.js';
