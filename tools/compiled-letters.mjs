// Turns the templates of platform/mail/letters.ts into code, so that the engine runs them without a template compiler.
import Handlebars from 'handlebars';

const bars = Handlebars.create();
for (const helper of Object.keys(bars.helpers)) bars.unregisterHelper(helper);
const options = {
  knownHelpers: { if: false, unless: false, each: false, with: false, lookup: false, log: false },
  knownHelpersOnly: true,
  noEscape: true,
  strict: true,
};

/** The source of letters.compiled.ts. Throws when a template is not text or has more than fields in it. */
export function compiledLetters(letters) {
  const compile = (template) => {
    if (typeof template !== 'string') throw new Error('a template must be text');
    const odd = bars
      .parse(template)
      .body.find(({ type, params, hash }) => !['MustacheStatement', 'ContentStatement'].includes(type) || params?.length > 0 || hash);
    if (odd) throw new Error(`a letter may have {{fields}} only, not ${odd.type}`);
    return bars.precompile(template, options);
  };
  const parts = Object.entries(letters).map(
    ([name, { subject, text }]) => `${name}: { subject: ${compile(subject)}, text: ${compile(text)} }`,
  );
  return `// @ts-nocheck -- Handlebars writes plain JavaScript.
// Generated from letters.ts by \`npm run generate\`.
import type { Letter } from './letters.js';

export const compiled: Record<Letter, { subject: unknown; text: unknown }> = { ${parts.join(',\n')} };
`;
}
