export * from './salesforce-double.js';
