export { Database, type Pulse, type Row, type Sql, type Tx } from './database.js';
export { embeddedFolder, EmbeddedDatabaseError, startEmbeddedDatabase, useEmbeddedDatabase, type EmbeddedDatabase } from './embedded.js';
export { GroupCommit } from './group-commit.js';
export { migrate } from './migrate.js';
export { queuePool } from './queue-pool.js';
