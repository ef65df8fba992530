export { byteaArray, int4Array, jsonbArray, textArray, timestamptzArray } from './binary-arrays.js';
export { Database, personRole, type Pulse, type Row, type ScopedDatabase, type Sql, type Tx } from './database.js';
export { embeddedFolder, EmbeddedDatabaseError, startEmbeddedDatabase, useEmbeddedDatabase, type EmbeddedDatabase } from './embedded.js';
export { GroupCommit } from './group-commit.js';
export { migrate } from './migrate.js';
export { everything, scopeKey, seesEverything, within, withinOne, type Scope } from './scope.js';
export { queuePool } from './queue-pool.js';
export { real, realBook } from './synthetic.js';
