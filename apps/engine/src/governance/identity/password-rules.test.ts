// What is guessed first is refused, however it is dressed up; what people can remember is not.
import { describe, expect, it } from '@jest/globals';
import { passwordWeakness } from './password-rules.js';

const ada = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace' };

describe('a password', () => {
  it.each([
    ['hunter2', 'fewer than 12'],
    ['eleven char', 'fewer than 12'],
    ['password1234', 'guessed first'],
    ['PASSWORD2026!', 'guessed first'],
    ['!!Qwertyuiop1', 'guessed first'],
    ['iloveyouiloveyou', 'guessed first'],
    ['p a s s w o r d 123', 'guessed first'],
    ['ababababababab', 'repeats'],
    ['abcdefghijklmno', 'row'],
    ['zyxwvutsrqponm', 'row'],
    ['my ada.lovelace@example.org', 'e-mail'],
    ['ada.lovelace1815', 'e-mail'],
    ['AdaLovelace1815', 'name'],
  ])('%s is refused: %s', (password, why) => expect(passwordWeakness(password, ada)).toContain(why));

  it.each(['seven green bicycles', 'waybill-demo', 'J4#kq!pz0Lm)', 'пароль из трёх слов', 'ada likes ginger tea'])(
    '%s is taken',
    (password) => expect(passwordWeakness(password, ada)).toBeUndefined(),
  );
});
