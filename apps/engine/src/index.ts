/** The engine's door for programs of this repository that start it as a process: the fault harness. Everybody else speaks HTTP. */
export { embeddedFolder, startEmbeddedDatabase, type EmbeddedDatabase } from './platform/database/index.js';
export { armFailPoints, failPoints, type FailPoint } from './platform/failpoints/index.js';
