/**
 * What Waybill writes to people, as Handlebars templates: text with {{fields}}, no helpers, blocks or partials. They are compiled when the
 * product is built (`npm run generate` writes letters.compiled.ts), so that the running engine has no template compiler on this path.
 */
export const letters = {
  invitation: {
    subject: 'Your access to Waybill ({{environment}})',
    text: `Hello {{name}},

you have been given access to Waybill ({{environment}}). Choose your password here:

{{link}}

The link works once and is valid for {{validFor}}. If you do not know what this is about, do nothing: without you nothing happens.
`,
  },
  reset: {
    subject: 'A new password for Waybill ({{environment}})',
    text: `Hello {{name}},

somebody, most likely you, has asked for a new password for Waybill ({{environment}}). Choose it here:

{{link}}

The link works once and is valid for {{validFor}}. If it was not you, do nothing: your password stays as it is.
`,
  },
} as const;

export type Letter = keyof typeof letters;
/** The fields that every letter may use. */
export const letterFields = ['name', 'link', 'environment', 'validFor'] as const;
export type LetterFacts = Record<(typeof letterFields)[number], string>;
