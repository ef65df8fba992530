import { First1700000000001 } from './0001-first.js';

/** In order. New ones are added at the end. */
export const migrations = [First1700000000001];
