export { Database, type Row, type Sql, type Tx } from './database.js';
export { embeddedFolder, EmbeddedDatabaseError, startEmbeddedDatabase, type EmbeddedDatabase } from './embedded.js';
export { migrate } from './migrate.js';
