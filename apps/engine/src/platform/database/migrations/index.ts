import { First1700000000001 } from './0001-first.js';
import { Intake1700000000004 } from './0004-intake.js';

/** In order. New ones are added at the end. */
export const migrations = [First1700000000001, Intake1700000000004];
