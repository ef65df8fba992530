export * from './business-central-double.js';
export * from './edmx.js';
export * from './odata-contract.js';
