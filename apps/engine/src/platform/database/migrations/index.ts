import { First1700000000001 } from './0001-first.js';
import { Limits1700000000003 } from './0003-limits.js';

/** In order. New ones are added at the end. */
export const migrations = [First1700000000001, Limits1700000000003];
