// A day or an instant that is taken can be compared by JavaScript and stored by PostgreSQL.
import { describe, expect, it } from '@jest/globals';
import { isDay, isInstant, isTimeZone } from './index.js';

describe('isDay', () => {
  it.each(['0001-01-01', '2024-02-29', '2026-02-28', '9999-12-31'])('takes %s', (text) => expect(isDay(text)).toBe(true));
  // PostgreSQL has no year 0, though the calendar of ISO 8601 does.
  it.each(['0000-01-01', '2026-02-29', '2026-02-30', '2026-13-01', '26-01-01', '12026-01-01', '2026-01-01T00:00:00Z', ''])(
    'refuses %j',
    (text) => expect(isDay(text)).toBe(false),
  );
});

describe('isInstant', () => {
  it.each([
    '2026-11-01T00:00:00Z',
    '2026-11-01T00:00:00.123456+14:00',
    '0001-01-01T12:00:00Z',
    '2026-11-01t00:00:00z',
    '9999-12-31T23:59:59.999Z',
  ])('takes %s', (text) => expect(isInstant(text)).toBe(true));
  // A leap second is no number of milliseconds: what compares it with now finds it neither before nor after.
  it.each([
    '0000-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T00:00:00',
    '2026-11-01',
  ])('refuses %s', (text) => expect(isInstant(text)).toBe(false));
  it.each(['2026-11-01T00:00:00+23:59', '9999-12-31T23:59:59-01:00', '0001-01-01T00:00:00+01:00'])(
    'refuses %s, which PostgreSQL would',
    (text) => expect(isInstant(text)).toBe(false),
  );
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])('knows %s', (name) =>
    expect(isTimeZone(name)).toBe(true),
  );
  it.each(['', 'CET+1', '+02:00', 'Europe/Nowhere', "UTC'; drop", 'europe/berlin'])('does not know %s', (name) => expect(isTimeZone(name)).toBe(false)); // prettier-ignore
});
