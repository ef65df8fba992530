import { StreamCommit } from './commit.store.js';
import { StreamReader } from './reader.store.js';
import { StreamReaders } from './readers.store.js';
import { StreamRefusals } from './refusals.store.js';
import { StreamsController } from './streams.controller.js';
import { StreamStore } from './streams.store.js';

export const streamControllers = [StreamsController];
export const streamProviders = [StreamStore, StreamRefusals, StreamCommit, StreamReader, StreamReaders];
