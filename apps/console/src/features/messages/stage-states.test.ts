/** Where a message is on its way, from its state and stage. */
import { expect, it } from '@jest/globals';
import { messageDetail, messages } from '../../../test/fixtures.js';
import { stageOrder, stageState } from './stage-states.js';

const trip = (state: string) => {
  const message = messageDetail(messages.find((item) => item.state === state)!);
  return stageOrder.map((stage) => stageState(message, stage));
};

it('has passed every stage once it is posted', () => {
  expect(new Set(trip('posted'))).toEqual(new Set(['passed']));
});

it('stops where the exception is and has the rest ahead', () => {
  expect(trip('exception')).toEqual(['passed', 'passed', 'stopped', 'ahead', 'ahead', 'ahead', 'ahead']);
});

it('ends at dedupe when it is a duplicate', () => {
  expect(trip('duplicate')).toEqual(['passed', 'ended', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
});

it('is in doubt where the answer is missing, which is no end', () => {
  const message = {
    ...messageDetail(messages.find((item) => item.state === 'posted')!),
    state: 'in_doubt' as const,
    stage: 'send' as const,
  };
  expect(stageOrder.map((stage) => stageState(message, stage))).toEqual([
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
    'doubtful',
    'ahead',
  ]);
});
