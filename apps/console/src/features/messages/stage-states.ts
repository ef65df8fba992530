import type { Message, Stage } from '../../api/operate.js';
import { t } from '../../language/index.js';

export const stageOrder: Stage[] = ['accept', 'dedupe', 'enrich', 'map', 'permit', 'send', 'settle'];

export const stageMeaning: Record<Stage, string> = {
  accept: t('The record is stored and fits its schema'),
  dedupe: t('Not seen before, and not older than what is here'),
  enrich: t('Other facts were looked up'),
  map: t('Translated by the mapping'),
  permit: t('Allowed by the policy'),
  send: t('Given to the target'),
  settle: t('The answer is recorded'),
};

export type StageState = 'passed' | 'here' | 'stopped' | 'doubtful' | 'ended' | 'ahead';

const final = new Set(['posted', 'skipped', 'duplicate', 'superseded', 'resolved']);

/** Where the message is on its way: what it passed, where it is or stopped, what lies ahead. */
export function stageState(message: Pick<Message, 'state' | 'stage' | 'stages'>, stage: Stage): StageState {
  if (message.state === 'posted') return 'passed';
  const at = message.stage ? stageOrder.indexOf(message.stage as Stage) : lastPassed(message);
  const mine = stageOrder.indexOf(stage);
  if (mine < at) return 'passed';
  if (mine > at) return 'ahead';
  if (final.has(message.state)) return 'ended';
  if (message.state === 'in_doubt') return 'doubtful'; // it goes on by itself when it was looked up
  if (message.state === 'exception' || message.state === 'held') return 'stopped';
  return 'here';
}

function lastPassed(message: Pick<Message, 'stages'>): number {
  return stageOrder.reduce((last, stage, index) => (message.stages[stage]?.at ? index : last), 0);
}
