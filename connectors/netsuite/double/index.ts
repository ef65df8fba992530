export * from './netsuite-double.js';
