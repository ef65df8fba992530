// What a run does next is made of the facts alone, so that whoever comes after a crash goes on with it; whatever was booked is taken back before it ends.
import { describe, expect, it } from '@jest/globals';
import { isZero, leftWords, netOf, type Posted, type Read } from './net.js';
import { nextMove, type Hop, type StepFacts } from './next-move.js';

const within = { whole: 60_000, intake: 5_000, prepare: 10_000, send: 10_000, readBack: 10_000 };
const definition = { within, legalEntity: 'US' };
const hop = (flow: string, state: string, more: Partial<Hop> = {}): Hop => ({ messageId: `msg_${flow}`, flow, state, reason: null, legalEntity: 'US', booked: false, prepareMs: 100, sendMs: null, ...more }); // prettier-ignore
const flowsOf = (name: string) => [`in-${name}`, `out-${name}`];
/** The same step at three times: before the delivery, under way, posted. */
const open = (step: string, reverses: string | null = null): StepFacts => ({ step, reverses, flows: flowsOf(step), delivered: false, inbox: null, intakeMs: null, hops: [] }); // prettier-ignore
const moving = (one: StepFacts, ...hops: Hop[]): StepFacts => ({ ...one, delivered: true, inbox: { state: 'done', problem: null }, intakeMs: 50, hops }); // prettier-ignore
const done = (one: StepFacts): StepFacts => moving(one, hop(one.flows[0]!, 'posted'), hop(one.flows[1]!, 'posted', { booked: true, sendMs: 200 })); // prettier-ignore
const stopped = (one: StepFacts, state = 'exception'): StepFacts => moving(one, hop(one.flows[0]!, 'posted'), hop(one.flows[1]!, state, { reason: 'the period is closed' })); // prettier-ignore
const [invoice, payment, credit, refund] = [open('invoice'), open('payment'), open('credit', 'invoice'), open('refund', 'payment')];
const next = (steps: StepFacts[], runMs = 1_000) => nextMove({ definition, steps, runMs });
const moveOf = (steps: StepFacts[], runMs?: number) => { const { state, move, trouble } = next(steps, runMs); return [state, 'step' in move ? `${move.do} ${move.step}` : move.do, trouble]; }; // prettier-ignore

describe('nextMove', () => {
  it('goes forward step by step, then takes back in the order of the file, then reads the books', () => {
    expect(moveOf([invoice, payment, credit, refund])).toEqual(['forward', 'deliver invoice', null]);
    expect(moveOf([moving(invoice, hop('in-invoice', 'ready')), payment, credit, refund])).toEqual(['forward', 'wait', null]);
    expect(moveOf([done(invoice), payment, credit, refund])).toEqual(['forward', 'deliver payment', null]);
    expect(moveOf([done(invoice), done(payment), credit, refund])).toEqual(['reversing', 'deliver credit', null]);
    expect(moveOf([done(invoice), done(payment), done(credit), refund])).toEqual(['reversing', 'deliver refund', null]);
    expect(moveOf([done(invoice), done(payment), done(credit), done(refund)])).toEqual(['reading', 'read', null]);
  });
  it('a delivery that was to leave when the process ended leaves again, also after the time is over', () => {
    const cut = { ...invoice, delivered: true, intakeMs: 900 };
    expect(moveOf([cut, payment, credit, refund])).toEqual(['forward', 'deliver invoice', null]);
    expect(moveOf([cut, payment, credit, refund], 61_000)).toEqual(['reversing', 'deliver invoice', 'late']);
  });
  it.each(['exception', 'held', 'skipped', 'duplicate', 'superseded', 'resolved'])('one that is %s sends no more forward, and what is booked is taken back', (state) => {
    expect(moveOf([done(invoice), stopped(payment, state), credit, refund])).toEqual(['reversing', 'deliver credit', 'wrong']);
    expect(moveOf([done(invoice), stopped(payment, state), done(credit), refund])).toEqual(['reading', 'read', 'wrong']);
  }); // prettier-ignore
  it.each(['ready', 'claimed', 'in_flight', 'in_doubt', 'waiting', 'blocked'])('nothing is taken back while one is %s: it may still be posted', (state) => {
    expect(moveOf([done(invoice), stopped(payment, state), credit, refund], 61_000)).toEqual(['reversing', 'wait', 'late']);
  }); // prettier-ignore
  it('a run whose whole time is over goes no further forward', () =>
    expect(moveOf([done(invoice), payment, credit, refund], 60_001)).toEqual(['reversing', 'deliver credit', 'late']));
  it('nothing was booked: nothing is taken back', () =>
    expect(moveOf([stopped(invoice), payment, credit, refund])).toEqual(['reading', 'read', 'wrong']));
  it('a reversal that stopped is told, and the next one still goes', () => {
    expect(moveOf([done(invoice), done(payment), stopped(credit), refund])).toEqual(['reversing', 'deliver refund', 'wrong']);
    expect(next([done(invoice), done(payment), stopped(credit), done(refund)]).says).toEqual(['credit: it stopped as an exception in out-credit: the period is closed']); // prettier-ignore
  });
  it('says what is wrong in words: unread, not taken by a flow, booked for somebody else', () => {
    const unread = { ...moving(invoice), inbox: { state: 'failed' as const, problem: 'no JSON' } };
    expect(next([unread, payment]).says).toEqual(['invoice: the delivery could not be read: no JSON']);
    expect(next([moving(invoice, hop('in-invoice', 'posted')), payment]).says).toEqual([expect.stringContaining('invoice: out-invoice did not take it')]);
    expect(next([moving(invoice, hop('in-invoice', 'posted'), hop('out-invoice', 'posted', { legalEntity: 'DE', booked: true })), payment]).says).toEqual(['invoice: out-invoice books it for DE, not for US']);
  }); // prettier-ignore
  it.each([
    ['intake', { ...moving(invoice, hop('in-invoice', 'ready')), intakeMs: 5_001 }, 'invoice: the way in takes longer than 5 s'],
    ['prepare', moving(invoice, hop('in-invoice', 'ready', { prepareMs: 10_001 })), 'invoice: what comes before the call in in-invoice takes longer than 10 s'],
    ['send', moving(invoice, hop('out-invoice', 'in_flight', { sendMs: 10_001 })), 'invoice: the call in out-invoice takes longer than 10 s'],
  ])('a stage that takes longer than %s may is told while it lasts', (stage, one, says) => {
    const verdict = next([one, payment, credit, refund]);
    expect([verdict.trouble, verdict.says, verdict.stages.filter(({ ms, allowedMs }) => ms > allowedMs).map((time) => time.stage)]).toEqual(['late', [says], [stage]]);
    expect(verdict.state).toBe('forward');
  }); // prettier-ignore
});

describe('netOf', () => {
  const posted = (key: string, more: Partial<Posted> = {}): Posted => ({ key, effect: 'create', state: 'posted', documentId: `doc-${key}`, documentNumber: `N-${key}`, ...more }); // prettier-ignore
  const booked = (key: string | null, type: Read['type'], total: string, more: Partial<Read> = {}): Read => ({ id: `doc-${key}`, number: null, key, type, currency: 'USD', total, state: 'posted', ...more }); // prettier-ignore
  const net = (read: Read[], of: Posted[]) => netOf('erp-us', 'USD', { read, posted: of });

  it('is nothing when both sides are taken back', () => {
    const { nets, missing } = net(
      [booked('i', 'invoice', '1.00'), booked('p', 'payment', '1.00'), booked('c', 'credit-memo', '1.00'), booked('r', 'refund', '1.00')],
      [posted('i'), posted('p'), posted('c'), posted('r', { effect: 'refund' })],
    );
    expect([nets.every(isZero), missing]).toEqual([true, []]);
    expect(nets).toEqual([{ connection: 'erp-us', currency: 'USD', sales: '0.00', money: '0.00', documents: 4 }]);
  });
  it('an invoice and its payment do not make up for each other', () => {
    const { nets } = net([booked('i', 'invoice', '1.00'), booked('p', 'payment', '1.00')], [posted('i'), posted('p')]);
    expect(isZero(nets[0]!)).toBe(false);
    expect(leftWords(nets[0]!)).toBe('erp-us still shows 1.00 USD of sales and 1.00 USD of money');
  });
  it('a void comes to nothing, documents of others do not count, and one booked twice is seen', () => {
    expect(net([booked('i', 'invoice', '1.00', { state: 'void' }), booked('x', 'invoice', '9.00'), booked(null, 'invoice', '7.00', { id: 'other' })], [posted('i'), posted('v', { effect: 'void', documentId: 'void-1' })])).toMatchObject({ nets: [{ sales: '0', documents: 1 }], missing: [] });
    expect(net([booked('i', 'invoice', '1.00'), booked('i', 'invoice', '1.00', { id: 'twice' }), booked('c', 'credit-memo', '1.00')], [posted('i'), posted('c')]).nets[0]!.sales).toBe('1.00');
  }); // prettier-ignore
  it('what was posted and is not shown is missing; what nobody knows of is looked for by its key all the same', () => {
    expect(net([], [posted('i')]).missing).toEqual(['N-i']);
    expect(
      net([booked('i', 'invoice', '1.00')], [posted('i', { state: 'in_doubt', documentId: null, documentNumber: null })]),
    ).toMatchObject({
      nets: [{ sales: '1.00' }],
      missing: [],
    });
  });
  it('another currency has a sum of its own', () =>
    expect(net([booked('i', 'invoice', '1.00', { currency: 'EUR' })], [posted('i')]).nets.map((one) => [one.currency, isZero(one)])).toEqual([['USD', true], ['EUR', false]])); // prettier-ignore
});
