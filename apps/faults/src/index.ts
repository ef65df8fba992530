// What other programs that run the whole product may use: dice that follow from a seed, amounts in minor units, waiting, and the real Tryton.
export { diceOf, type Dice } from './random.js';
export { decimal, minorUnits } from './load/amounts.js';
export { sleep, until } from './waiting.js';
export { freePort } from './supervisor/ports.js';
export { noTryton, TrytonServer, type TrytonRow } from './supervisor/tryton.js';
export { closeOnSignal, closeWorldsOnSignals, removeAtExit, repository } from './supervisor/world.js';
export { embeddedFolder } from '@waybill/engine';
