export { addressRules, type AddressRules } from './addresses.js';
export { EgressClient, type Exchange } from './client.js';
