export { MappingPool, type MappingPoolOptions } from './pool.js';
export type { EvaluationItem, EvaluationResult } from './protocol.js';
