export * from './score-screening.js';
export * from './screening-instruments.js';
