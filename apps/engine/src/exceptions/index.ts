export { clockSql, type ClockSql } from './clock.js';
export { ExceptionFacets } from './facets.store.js';
export { ExceptionsModule } from './exceptions.module.js';
export { WorkListStore } from './work-list.store.js';
