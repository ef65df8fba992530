// What a vendor's error means is data; the classifier is total, hides no unknown code, and a person's rows cannot make a money write go twice.
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { classedFailure, classify, errorClasses, ownErrorRows, ownRowsOf, type ErrorEvidence, type ErrorRow } from './error-table.js';

const table: ErrorRow[] = [
  { code: '6240', class: 'duplicate', reason: 'The name is taken.', remedy: 'Choose another name.' },
  { code: 'VALIDATION', words: ['archived'], class: 'master-data', reason: 'The contact is archived.' },
  { code: 'VALIDATION', words: ['archived', 'account'], class: 'misconfigured', reason: 'The account is archived.' },
  { code: 'BUSY', class: 'transient', reason: 'Another user edits it.' },
  { code: 'SLOW', class: 'throttled', reason: 'Too many calls.' },
];
const evidence = (more: Partial<ErrorEvidence>): ErrorEvidence => ({
  what: 'post INV-1',
  system: 'Acme',
  writes: true,
  httpStatus: 400,
  codes: [],
  ...more,
});

describe('the classifier', () => {
  it('takes the first code that a row knows, and of its rows the one with the most phrases', () => {
    expect(classify(table, evidence({ codes: ['9999', '6240'] }))).toMatchObject({ class: 'duplicate', by: 'row', unknown: ['9999'] });
    expect(classify(table, evidence({ codes: ['VALIDATION'], words: 'This Account is ARCHIVED' })).class).toBe('misconfigured');
    expect(classify(table, evidence({ codes: ['VALIDATION'], words: 'The contact is archived' })).class).toBe('master-data');
  });
  it('is total: whatever comes has a class, and it is told that no row knew it', () => {
    for (let httpStatus = 100; httpStatus < 600; httpStatus += 1)
      for (const writes of [true, false])
        for (const codes of [[], ['UNHEARD']]) {
          const given = evidence({ httpStatus, writes, codes });
          const found = classify(table, given);
          expect(Object.keys(errorClasses)).toContain(found.class);
          expect(found).toMatchObject({ by: 'status', unknown: codes });
          const { facts } = classedFailure(table, given);
          if (codes.length > 0) expect(facts.message).toContain('No row of the error table knows UNHEARD');
          expect(facts.message).toContain(`HTTP ${httpStatus} decides`);
          expect(facts.category !== undefined).toBe(facts.recovery === 'rejected');
          if (!writes) expect(facts.recovery).not.toBe('in-doubt');
        }
  });
  it.each([500, 502, 503, 504, 408, 200])('without a row, HTTP %i on a write is in doubt and on a read is tried again', (httpStatus) => {
    expect(classedFailure(table, evidence({ httpStatus })).facts.recovery).toBe('in-doubt');
    expect(classedFailure(table, evidence({ httpStatus, writes: false })).facts.recovery).toBe('retryable');
  });
  it('tells the vendor’s words, the reason, the remedy and what groups it', () => {
    expect(classedFailure(table, evidence({ codes: ['6240'], words: 'Duplicate Name.', about: 'customer 7', path: '/name' })).facts).toEqual({
      recovery: 'rejected', category: 'duplicate', code: '6240', message: 'Acme refused to post INV-1: Duplicate Name. The name is taken.',
      httpStatus: 400, vendorWords: 'Duplicate Name.', remedy: 'Choose another name.', path: '/name', cause: '6240 customer 7',
    }); // prettier-ignore
  });
});

describe('rows of a connection', () => {
  const own: ErrorRow[] = [{ code: '6240', class: 'transformation', reason: 'Our names are made.' }];
  it('go before those of the connector, and are named', () => {
    expect(classify(table, evidence({ codes: ['6240'] }), own)).toMatchObject({ class: 'transformation', by: 'own-row' });
    expect(classedFailure(table, evidence({ codes: ['6240'] }), own).facts.message).toContain('(a row of this connection)');
  });
  it('cannot have a server error on a write sent again by itself', () => {
    const reckless: ErrorRow[] = [{ code: 'E500', class: 'transient', reason: 'It always passes the second time.' }];
    expect(classify(table, evidence({ codes: ['E500'], httpStatus: 500 }), reckless).class).toBe('in-doubt');
    expect(classify(table, evidence({ codes: ['E500'], httpStatus: 200 }), reckless).class).toBe('in-doubt');
    expect(classify(table, evidence({ codes: ['E500'], httpStatus: 400 }), reckless).class).toBe('transient');
    expect(classify(table, evidence({ codes: ['E500'], httpStatus: 500, writes: false }), reckless).class).toBe('transient');
  });
  it('are checked when they are saved', () => {
    const valid = new Ajv({ strict: false }).compile(ownErrorRows);
    expect(valid(own)).toBe(true);
    for (const bad of [
      [{ code: 'X', class: 'maybe', reason: 'Because.' }],
      [{ code: '', class: 'duplicate', reason: 'Because.' }],
      [{ code: 'X', class: 'duplicate' }],
      Array(201).fill(own[0]),
    ])
      expect(valid(bad)).toBe(false);
    expect(ownRowsOf({ errors: [own[0] as never, 'nonsense', { code: 1 }] })).toEqual(own);
    expect(ownRowsOf({})).toEqual([]);
  });
});
