/** Languages that a person may choose, each in its own word. English is what the code is written in and needs no catalogue. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Marks every text that goes through the catalogue, and is longer than English: what tests open pages in. Nobody is offered it. */
export const pseudo = 'en-XA';
export type Spoken = Language | typeof pseudo;

const key = 'waybill.language';
const isSpoken = (value: unknown): value is Spoken => value === pseudo || (typeof value === 'string' && Object.hasOwn(languages, value));

/** What was chosen in this browser; on the first visit what the browser prefers, of what there is. */
export function chosenLanguage(preferred: readonly string[] = globalThis.navigator?.languages ?? []): Spoken {
  return kept() ?? preferred.map((locale) => locale.split('-')[0]).find(isSpoken) ?? 'en';
}

function kept(): Spoken | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isSpoken(value) ? value : undefined;
  } catch {
    return undefined; // a browser that stores nothing, or something that is no choice of ours
  }
}

/** Keeps the choice as other choices of this browser are kept; what is on the screen is drawn anew, at the same address. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(key, JSON.stringify(language));
  } catch {
    return; // nothing is kept here: the next page would ask the browser again
  }
  globalThis.location.reload();
}
