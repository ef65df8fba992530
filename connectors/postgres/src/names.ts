/** Identifiers in SQL. Values never are: they go as parameters. */

/** One name, as PostgreSQL quotes it; whatever stands in it, it stays one name. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `schema.table`. */
export const quotedTable = (table: string): string => table.split('.').map(quoted).join('.');
