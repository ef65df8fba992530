// A text in English, German and between marks: plurals, numbers, elements, hostile values, and which language somebody gets.
import { afterEach, describe, expect, it } from '@jest/globals';
import { render } from '@testing-library/react';
import { counted, formatNumber, inSentence, listed, locale, rich, t, tIn } from './index.js';
import { chosenLanguage } from './languages.js';
import { speak } from './text.js';

afterEach(() => speak('en'));
const drawn = (node: React.ReactNode) => render(<p>{node}</p>).container.querySelector('p')!;

describe('a text', () => {
  it('is itself in English, and the catalogue’s in German', async () => {
    expect([t('Sign in'), tIn('verb', 'Open'), document.documentElement.lang]).toEqual(['Sign in', 'Open', 'en']);
    await speak('de');
    expect([t('Sign in'), tIn('verb', 'Open'), t('Open'), document.documentElement.lang]).toEqual(['Anmelden', 'Öffnen', 'Offen', 'de']);
  });

  it('counts as the language does, with its digits', async () => {
    const said = () => [0, 1, 12000].map((count) => counted(count, '{{count}} row', '{{count}} rows'));
    expect(said()).toEqual(['0 rows', '1 row', '12,000 rows']);
    await speak('de');
    expect(said()).toEqual(['0 Zeilen', '1 Zeile', '12.000 Zeilen']);
  });

  it('takes a value as it is, whatever stands in it', async () => {
    const hostile = '<b>{{word}} $t(Sign in) &amp; \uE0000';
    for (const language of ['en', 'de'] as const) {
      await speak(language);
      expect(t('Copy {{what}}', { what: hostile })).toContain(hostile);
      expect(drawn(rich('Type {{typed}} to confirm', { typed: <b>{hostile}</b> })).querySelector('b')!.textContent).toBe(hostile);
    }
  });

  it('holds elements where its placeholders stand', async () => {
    const say = () => drawn(rich('Type {{typed}} to confirm', { typed: <b>this</b> })).innerHTML;
    expect(say()).toBe('Type <b>this</b> to confirm');
    await speak('de');
    expect(say()).toBe('Zum Bestätigen <b>this</b> eingeben');
  });

  it('stands between marks in the pseudo language, its values unmarked', async () => {
    await speak('en-XA');
    expect(t('Copy {{what}}', { what: 'invoice' })).toMatch(/^⟦Cópy invoice·+⟧$/);
    expect(drawn(rich('Type {{typed}} to confirm', { typed: <b>{t('this page')}</b> })).textContent).toMatch(
      /^⟦Typé ⟦thís págé·+⟧ tó cónfírm·+⟧$/,
    );
  });
});

describe('words beside it', () => {
  it('follow the language', async () => {
    expect([inSentence('Posted'), listed(['a', 'b']), formatNumber(1234.5)]).toEqual(['posted', 'a and b', '1,234.5']);
    await speak('de');
    expect([inSentence('Gebucht'), listed(['a', 'b'], 'disjunction'), formatNumber(1234.5), locale()]).toEqual([
      'Gebucht',
      'a oder b',
      '1.234,5',
      'de',
    ]);
  });
});

describe('the language somebody gets', () => {
  it.each([
    [null, ['de-AT', 'en'], 'de'],
    [null, ['fr', 'en-GB', 'de'], 'en'],
    [null, ['fr'], 'en'],
    ['"de"', ['en'], 'de'],
    ['"en-XA"', ['de'], 'en-XA'],
    ['"constructor"', ['de'], 'de'],
    ['no JSON', ['de'], 'de'],
  ])('kept %s, preferred %j: %s', (kept, preferred, language) => {
    if (kept !== null) localStorage.setItem('waybill.language', kept);
    expect(chosenLanguage(preferred)).toBe(language);
  });
});
