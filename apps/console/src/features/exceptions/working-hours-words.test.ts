// Hours as people type them, and as they are told.
import { describe, expect, it } from '@jest/globals';
import { freeDaysOf, freeDaysText, shiftsOf, weekInWords, weekOf, weekdays } from './working-hours-words.js';

describe('shiftsOf', () => {
  it.each([
    ['09:00-17:00', '09:00–17:00'],
    ['9-12:30, 13:30 – 17', '09:00–12:30, 13:30–17:00'],
    ['0:00-24:00', '00:00–24:00'],
    ['', ''],
  ])('reads %j', (text, said) =>
    expect(
      shiftsOf(text)!
        .map(({ from, to }) => `${from}–${to}`)
        .join(', '),
    ).toBe(said),
  );
  it.each(['nine to five', '17-9', '09:00', '9-9', '9:00-24:30', '9:75-10', '9-12, x'])('cannot read %j', (text) =>
    expect(shiftsOf(text)).toBeUndefined(),
  );
});

describe('a week', () => {
  const office = (days: readonly (typeof weekdays)[number][], from = '09:00', to = '17:00') => days.map((day) => ({ day, from, to }));
  it.each([
    [office(weekdays.slice(0, 5)), ['Mon–Fri 09:00–17:00']],
    [
      [...office(weekdays.slice(0, 4)), ...office(['fri'], '09:00', '13:00')],
      ['Mon–Thu 09:00–17:00', 'Fri 09:00–13:00'],
    ],
    [office(['mon', 'wed', 'thu']), ['Mon 09:00–17:00', 'Wed–Thu 09:00–17:00']],
    [[...office(['sun'], '09:00', '12:00'), ...office(['sun'], '13:00', '15:00')], ['Sun 09:00–12:00, 13:00–15:00']],
  ])('is told in runs of days', (shifts, said) => expect(weekInWords(shifts)).toEqual(said));
  it('is a field for each day', () => expect(weekOf(office(['tue']))).toEqual({ mon: '', tue: '09:00–17:00', wed: '', thu: '', fri: '', sat: '', sun: '' })); // prettier-ignore
});

it('reads a line for each free day, and says which are none', () => {
  const { freeDays, wrong } = freeDaysOf('2026-12-25 Christmas Day\n\n2027-01-01\nEaster\n2026-12-25 again');
  expect(freeDaysText(freeDays)).toBe('2026-12-25 Christmas Day\n2027-01-01 Free');
  expect(wrong).toEqual([4, 5]);
});
