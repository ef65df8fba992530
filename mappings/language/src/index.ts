export * from './check.js';
export * from './compile.js';
export * from './failure.js';
export * from './functions.js';
export * from './limits.js';
export * from './tables.js';
