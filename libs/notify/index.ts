export * from './mail-sender.js';
export * from './notice.js';
export * from './notice-text.js';
