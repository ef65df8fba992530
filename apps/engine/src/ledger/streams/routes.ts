import { Type } from '@sinclair/typebox';
import { Count, Id, Instant, Maybe, Name, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { limits } from './limits.js';

const StreamName = Type.String({ minLength: 1, maxLength: 255, description: 'As its system calls it' });
const states = ['waiting', 'reading', 'resting', 'failing'] as const;

const UsageStream = Type.Object({
  connection: Name('The connection'),
  stream: StreamName,
  followed: Type.Boolean({ description: 'Do the settings of the connection still name it, and is the connection on?' }),
  state: Type.Union(
    states.map((state) => Type.Literal(state)),
    {
      description:
        '`waiting`: no process reads it; `reading`; `resting`: the ledger takes no more for a while; `failing`: it is tried again after a pause',
    },
  ),
  since: Instant('Since when it is in that state'),
  detail: Maybe(Text('Why it rests or fails')),
  failures: Count('Failures in a row'),
  nextTryAt: Maybe(Instant('When it is tried again')),
  position: Maybe(Type.String({ description: 'How far it has been read, as its connector writes it' })),
  lag: Maybe(Count('Records that lay behind the last one read; null where its system does not tell')),
  lastRecordsAt: Maybe(Instant('When records were last committed')),
  read: Count('Records that were read: accepted + duplicates + conflicts + refused'),
  accepted: Count('Events that were new'),
  duplicates: Count('Events that were there'),
  conflicts: Count('Events whose source and id are there with other content'),
  refused: Count('Records that cannot go into the ledger'),
});

const RefusalProblem = Type.Object({
  code: Text('A code of the error catalogue', 60),
  path: Text('Where in the event, as a JSON pointer'),
  detail: Text('One sentence'),
});

const Refusal = Type.Object({
  id: Id('urf', 'The refused record'),
  connection: Name('The connection'),
  stream: StreamName,
  at: Type.String({ description: 'Where it lies in its stream' }),
  receivedAt: Instant('When it was read'),
  code: Text('A code of the error catalogue', 60),
  path: Text('Where in the event, as a JSON pointer'),
  detail: Text('Why it cannot go into the ledger'),
  problems: Type.Array(RefusalProblem, { description: 'All its problems, the first one first' }),
  bytes: Count('How long its value was'),
  text: Maybe(Type.String({ description: 'Its value, if it is text; in a list its beginning' })),
  answer: Maybe(Type.Object({ note: Type.String(), by: Type.String(), at: Instant('When') }, { description: 'What somebody made of it' })),
});

const RefusalDetail = Type.Composite([
  Refusal,
  Type.Object({
    headers: Type.Record(Type.String(), Type.String()),
    base64: Type.String({ description: `Its value; of one that is longer than ${limits.keptBytesMax / 1024} kB the beginning` }),
    keptBytes: Count('How much of it is kept'),
  }),
]);

const one = Type.Object({ id: Id('urf', 'The refused record') });

export const usageStreamRoutes = defineRoutes({
  listUsageStreams: {
    method: 'GET',
    path: '/v1/usage/streams',
    summary: 'Streams that feed the usage ledger: how far each has been read, how much lies behind, and what keeps it',
    permission: 'connection.read',
    query: Type.Object({ connection: Type.Optional(Name('Of this connection')) }),
    response: Page(UsageStream),
  },
  listUsageRefusals: {
    method: 'GET',
    path: '/v1/usage/refusals',
    summary: 'Records of streams that cannot go into the usage ledger, newest first; they are kept, and the stream goes on',
    permission: 'usage.read',
    query: Type.Object({
      ...pageQuery,
      connection: Type.Optional(Name('Of this connection')),
      stream: Type.Optional(StreamName),
      state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('answered')], { description: 'Has somebody answered it?' })),
    }),
    response: Page(Refusal),
  },
  getUsageRefusal: {
    method: 'GET',
    path: '/v1/usage/refusals/{id}',
    summary: 'A refused record as it came',
    permission: 'usage.read',
    params: one,
    response: RefusalDetail,
  },
  answerUsageRefusal: {
    method: 'POST',
    path: '/v1/usage/refusals/{id}/answer',
    summary: 'Say what became of a refused record. It stays as it is; the first answer counts',
    permission: 'exception.work',
    params: one,
    body: Type.Object(
      { note: Type.String({ minLength: 1, maxLength: 2000, description: 'What was done' }) },
      { additionalProperties: false },
    ),
    response: RefusalDetail,
  },
});
