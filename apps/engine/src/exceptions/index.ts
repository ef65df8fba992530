export { ExceptionFacets } from './facets.store.js';
export { ExceptionsModule } from './exceptions.module.js';
export { ReplayProgressStore } from './replay-progress.store.js';
export { WorkingHoursStore } from './working-hours/working-hours.store.js';
export { WorkListStore } from './work-list.store.js';
export { isBreached } from './clock.js';
