export * from './double.js';
export * from './openapi-contract.js';
export * from './request.js';
export * from './xsd-contract.js';
