export * from './authority-matrix.js';
export * from './interventions.js';
export * from './may-decide-intervention.js';
