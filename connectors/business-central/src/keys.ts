/**
 * Our posting key in the fields of Business Central. They are of type Code: upper case, and short. The key's alphabet is `a-z2-7`,
 * so upper case loses nothing. Pure.
 */

const body = (key: string): string =>
  key
    .replace(/^wb-/, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase();

/** `externalDocumentNumber`, 35 characters: the whole key. */
export const externalNumberOf = (key: string): string => key.toUpperCase();

/** `documentNumber` of journal lines and ledger entries, 20 characters: 90 bits of the key, which no two documents of a company will share. */
export const documentNumberOf = (key: string): string => `WB${body(key).slice(0, 18)}`;

/** `code` of a journal, 10 characters: 45 bits. Whoever opens one looks at the document number of its lines too. */
export const journalCodeOf = (key: string): string => `W${body(key).slice(0, 9)}`;

/** A text as a literal of an OData filter. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
