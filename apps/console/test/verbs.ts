/** How a verb says that it is over, in English and in German: a button is its infinitive, and the notice of what was done has the other. */

/** A verb and how it says that it is over, where that is not the stem and `-ed`. */
const pastInEnglish: Record<string, string> = {
  cancel: 'cancelled', give: 'given', make: 'made', reset: 'reset', send: 'sent', set: 'set', stop: 'stopped', submit: 'submitted', take: 'taken', withdraw: 'withdrawn', write: 'written',
}; // prettier-ignore
const runningInEnglish: Record<string, string> = { run: 'running' };

/** German verbs that change in their stem; a prefix before them stays. */
const pastInGerman: Record<string, string> = {
  brechen: 'brochen', geben: 'geben', laden: 'laden', nehmen: 'nommen', rufen: 'rufen', schreiben: 'schrieben', ziehen: 'zogen', binden: 'bunden', beginnen: 'gonnen', nennen: 'nannt', weisen: 'wiesen', werfen: 'worfen', zeichnen: 'zeichnet',
}; // prettier-ignore
/** Prefixes that `ge` comes after. */
const apart = /^(ab|an|auf|aus|ein|fest|fort|frei|heraus|hinzu|um|zurück|zu)(?=.{4})/;
/** Prefixes that stand in its place. */
const joined = /^(be|ent|er|ver|wider|wieder|über)(?=.{5})/;

export function participle(verb: string): string {
  return pastInEnglish[verb] ?? `${verb.replace(/e$/, '').replace(/([^aeou])y$/, '$1i')}ed`;
}

export const running = (verb: string): string => runningInEnglish[verb] ?? `${verb.replace(/e$/, '')}ing`;

export function partizip(infinitive: string): string {
  const before = apart.exec(infinitive)?.[0] ?? '';
  const verb = infinitive.slice(before.length);
  const bound = joined.exec(verb)?.[0] ?? '';
  const core = verb.slice(bound.length);
  const strong = pastInGerman[core] ?? pastInGerman[verb];
  if (verb.endsWith('ieren')) return `${before}${verb.slice(0, -2)}t`;
  const stem = core.replace(/e?n$/, '');
  return `${before}${bound || 'ge'}${strong ?? `${stem}${/([td]|[^lrhaeiou]n)$/.test(stem) && !core.endsWith('ern') ? 'et' : 't'}`}`;
}

export const withZu = (infinitive: string): string => infinitive.replace(apart, '$1zu');

export const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^a-zäöüß]+/).filter(Boolean); // prettier-ignore
/** `{{name}} entfernen` and `Take back`: the verb, without the values and the dots of a question. */
export const verbOf = (button: string): string => wordsOf(button.replaceAll(/\{\{\w+\}\}/g, ''))[0] ?? '';
export const verbsOf = (knopf: string): string[] => wordsOf(knopf).filter((word) => /e?n$/.test(word));
