import { dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from '../../platform/problems/index.js';

export const passwordCharactersMin = 12;

/** The fifty thousand commonest of the leaks, as zxcvbn keeps them. */
const commonest = new Set(dictionary['passwords-common']);

interface Person {
  email: string;
  name?: string | undefined;
}

/** Why this person must not have this password, as the end of a sentence; undefined when they may. */
export function passwordWeakness(password: string, { email, name = '' }: Person): string | undefined {
  const folded = password.normalize('NFKC').toLowerCase();
  if ([...password].length < passwordCharactersMin) return `has fewer than ${passwordCharactersMin} characters`;
  const plain = folded.replace(/\s/g, '');
  const address = email.toLowerCase();
  const account = address.split('@')[0]!;
  if (folded.includes(address) || (account.length >= 4 && trimmed(plain) === account)) return 'is made of the e-mail address';
  if (name.trim().length >= 4 && trimmed(plain) === name.toLowerCase().replace(/\s/g, '')) return 'is made of the name';
  if (new Set(plain).size < 5) return 'repeats a few characters';
  if (isRow(plain)) return 'is a row of the alphabet or of digits';
  // `Password2026!` is `password` to whoever guesses.
  for (const form of [folded, plain, trimmed(plain), halved(plain), halved(trimmed(plain))])
    if (commonest.has(form)) return 'is among the passwords that are guessed first';
  return undefined;
}

export function refuseWeakPassword(password: string, person: Person, path: string): void {
  const weakness = passwordWeakness(password, person);
  if (weakness !== undefined) throw new Problem('PASSWORD_WEAK', `The password ${weakness}.`, { path });
}

/** Without the digits and signs around it. */
const trimmed = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
/** One half of what is the same twice. */
const halved = (text: string): string => (text.slice(0, text.length / 2).repeat(2) === text ? text.slice(0, text.length / 2) : text);
const isRow = (text: string): boolean => {
  const steps = new Set([...text].slice(1).map((_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at)));
  return steps.size === 1;
};
