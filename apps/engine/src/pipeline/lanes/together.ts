import type { Rung } from './lanes.store.js';

/**
 * What two bells of a lane say that stands in a row. Neither may swallow the other: one without an epoch is refused while the visitor's own is on its way, and one with an old epoch says
 * nothing of what was rung for since. So the newest epoch stays, and with it that a bell without one came.
 */
export function together(standing: Rung, come: Rung): Rung {
  const epochs = [standing, come].flatMap(({ epoch }) => (epoch === undefined ? [] : [BigInt(epoch)]));
  const { flow, lane } = come;
  if (epochs.length === 0) return { flow, lane };
  const plain = [standing, come].some((one) => one.epoch === undefined || one.plain === true);
  const epoch = String(epochs.reduce((a, b) => (a > b ? a : b)));
  return { flow, lane, epoch, ...(plain ? { plain } : {}) };
}
