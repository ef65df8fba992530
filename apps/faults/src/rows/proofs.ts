/**
 * Rows of the fault table that no kill and no cut decides: hostile input, identity and rights, egress, audit, secrets, exports. The engine's own tests
 * prove them, with `npm test`; the page of a run says which, and what they leave open.
 */
export interface Proof {
  id: string;
  title: string;
  tests: readonly { file: string; titles: readonly string[] }[];
  /** What the table asks for and nothing here shows. */
  open?: string;
}

const attacks = (...titles: string[]) => ({ file: 'apps/engine/test/attacks/attacks.test.ts', titles });
const door = (...titles: string[]) => ({ file: 'apps/engine/test/attacks/door-limits.test.ts', titles });
const walls = (...titles: string[]) => ({ file: 'apps/engine/test/attacks/walls.test.ts', titles });
const identity = (...titles: string[]) => ({ file: 'apps/engine/test/identity.test.ts', titles });
const access = (...titles: string[]) => ({ file: 'apps/engine/test/access.test.ts', titles });
const approvals = (...titles: string[]) => ({ file: 'apps/engine/test/approvals.test.ts', titles });
const intake = (...titles: string[]) => ({ file: 'apps/engine/test/intake.test.ts', titles });
const egress = (...titles: string[]) => ({ file: 'apps/engine/src/platform/egress/inside.test.ts', titles });
const tampering = (...titles: string[]) => ({ file: 'apps/engine/test/audit-tampering.test.ts', titles });
const seals = (...titles: string[]) => ({ file: 'apps/engine/test/audit-seals.test.ts', titles });
const secrets = (...titles: string[]) => ({ file: 'apps/engine/test/secrets.test.ts', titles });
const exported = (...titles: string[]) => ({ file: 'apps/engine/test/audit-export.test.ts', titles });
const pool = (...titles: string[]) => ({ file: 'apps/engine/src/platform/mapping-runtime/pool.test.ts', titles });
const inBrowser = (...titles: string[]) => ({ file: 'apps/console/browser/hostile-words.browser.test.ts', titles });
const exact = (...titles: string[]) => ({ file: 'apps/engine/src/platform/json/exact.test.ts', titles });

const everyText = 'sixty payloads in every parameter and every text of every body fail nothing inside, find nothing and change nothing';
const wrongShapes = 'objects, lists and operators where a text belongs are 400';
const foreignIds = 'answer 404 on every route, as ids that are random and ids that were never there do';
const refusedHooks = 'refuses %s, stores nothing and counts it';

export const proofs: readonly Proof[] = [
  {
    id: '45',
    title: 'Slow loris',
    tests: [door('headers have 10 s to arrive and a body 30 s, however many dawdle; others are answered meanwhile')],
    open: 'that others’ p99 at most doubles is not measured',
  },
  {
    id: '46',
    title: 'Giant body',
    tests: [door('a body that says it is 1 GB is refused at once; one that streams is refused at the limit, and its connection is closed')],
  },
  { id: '47', title: 'Zip bomb', tests: [door('a body in %s is not opened')] },
  { id: '48', title: 'Malformed JSON, wrong types', tests: [attacks(wrongShapes, everyText), intake(refusedHooks)] },
  { id: '49', title: 'Deep nesting', tests: [exact('reads 64 levels'), intake(refusedHooks)] },
  {
    id: '50',
    title: 'NUL, surrogates, long numbers',
    tests: [attacks(everyText), door('numbers where a text belongs are refused; one that no double holds is its text, and no 500')],
  },
  { id: '51', title: '`__proto__`, duplicate keys', tests: [intake(refusedHooks), attacks(everyText)] },
  { id: '52', title: 'SQL injection', tests: [attacks(everyText)] },
  { id: '53', title: 'Objects where a text belongs', tests: [attacks(wrongShapes)] },
  { id: '54', title: 'Content-type confusion', tests: [attacks('a body in a type that the route does not read is 415, and is not read')] },
  {
    id: '55',
    title: 'JSONata loops and recursion',
    tests: [pool('that computes for too long is stopped, and its neighbour goes on')],
    open: 'the API’s p99 meanwhile is not measured',
  },
  {
    id: '56',
    title: 'JSONata catastrophic patterns, huge output',
    tests: [
      pool('does not wait for an expression that is late on everything, and its neighbours go on'),
      { file: 'mappings/language/src/language.test.ts', titles: ['refuses output that is too large, too deep or nothing'] },
    ],
    open: 'not run a thousand times',
  },
  {
    id: '57',
    title: 'JSONata escapes',
    tests: [
      {
        file: 'apps/engine/src/platform/mapping-runtime/escapes.test.ts',
        titles: [
          'finds nothing behind its values, however it asks',
          'reaches nothing from a library with holes either: the flags of its process hold',
        ],
      },
    ],
    open: 'that the child opens no file and no socket is by a mark that code would leave, not by a trace of system calls',
  },
  {
    id: '58',
    title: 'Handlebars: trees, prototypes, partials',
    tests: [
      { file: 'apps/engine/src/platform/sentences/sentences.test.ts', titles: ['reaches no prototype', 'refuses a tree in place of text'] },
    ],
  },
  {
    id: '59',
    title: 'Schema bombs',
    tests: [{ file: 'apps/engine/src/ledger/events/event-schema.test.ts', titles: ['refuses %j'] }, exact('reads 64 levels')],
  },
  {
    id: '60',
    title: 'Log injection',
    tests: [
      {
        file: 'apps/engine/src/platform/telemetry/log-lines.test.ts',
        titles: ['a thousand hostile texts are a thousand lines, and in them as they were'],
      },
    ],
  },
  {
    id: '61',
    title: 'Ids of others',
    tests: [
      attacks(foreignIds, 'do nothing in a body', 'are not counted'),
      attacks('and words of their documents come out of nothing that can be read: lists, counts, searches, exports, previews'),
      walls('the condition of the queries holds alone, with row-level security switched off'),
      walls('tell a screen of one legal entity nothing of what moves in another'),
    ],
  },
  { id: '62', title: 'Role matrix', tests: [attacks('every route lets in exactly the roles that its permission names')] },
  {
    id: '63',
    title: 'Indirect use of a foreign secret',
    tests: [],
    open: 'connections belong to the installation, not to a legal entity: there is no foreign secret to name',
  },
  { id: '64', title: 'Mass assignment', tests: [attacks('fields that nobody may set are refused in every body')] },
  {
    id: '65',
    title: 'Self approval, change after approval, races',
    tests: [
      approvals('of 400 tries of those who made it or last edited it, none succeeds; they are told which part is theirs'),
      approvals('counts every key as the keys it follows, as its service account, and as whoever made any of them'),
      approvals('of 300 tries to approve content that is not there any more, none succeeds; it is void, visibly'),
      approvals('of 300 decisions at the same time on ten documents, ten count, and each document is posted once or not at all'),
      approvals('lets nothing go that is marked as approved and is not', 'uses the approval of another document for nothing'),
    ],
  },
  { id: '66', title: 'Stolen session', tests: [identity('that was copied is worth nothing at the next request once %s')] },
  {
    id: '67',
    title: 'Session fixation, token in the address, cookie flags',
    tests: [
      identity('has a token of its own after each sign-in, in a cookie that no script, no other site and no plain http gets'),
      attacks('every route that is not public refuses who has no key, a wrong one, and a key in the address'),
    ],
  },
  {
    id: '68',
    title: 'Cross-site requests',
    tests: [
      access('needs the header at sign-in too, so that no form can sign anybody in'),
      door('other methods and other origins get nothing'),
      {
        file: 'apps/engine/test/cookie-writes.test.ts',
        titles: ['%s does nothing for a form, a foreign page, or text that poses as JSON'],
      },
    ],
  },
  {
    id: '69',
    title: 'Password guessing',
    tests: [
      identity('has fewer than a hundred tries an hour for an account, each after a longer wait'),
      identity('leaves the owner in from a device that signed in before, and counts that device alone'),
      identity('many names from one address is slowed down, and pushes no count out'),
      identity('takes as long for a name that nobody has'),
    ],
  },
  {
    id: '70',
    title: 'Key guessing, revoked key',
    tests: [identity('is refused within a second of its revocation, and so is every guess')],
  },
  { id: '71', title: 'Forged signatures', tests: [intake(refusedHooks)], open: 'eight variants and each connector’s own, not a thousand' },
  {
    id: '72',
    title: 'Replay of a signed webhook',
    tests: [
      intake(refusedHooks),
      {
        file: 'apps/engine/test/door.test.ts',
        titles: ['stores each of many at once, sent five times side by side, once, and says so to exactly one of the five'],
      },
    ],
  },
  {
    id: '73',
    title: 'Secret rotation under load',
    tests: [{ file: 'apps/engine/test/door.test.ts', titles: ['a changed secret is known at once'] }],
    open: 'not under 10,000 deliveries',
  },
  {
    id: '74',
    title: 'Addresses inside, in sixty ways',
    tests: [egress('%s: %s is refused before anything connects', 'are refused whole when one of their addresses is inside')],
  },
  {
    id: '75',
    title: 'Names that change their mind, redirects',
    tests: [
      egress('are resolved once a request, and the connection goes to what was judged: 500 requests, the canary hears none'),
      egress('a redirect (%i) is an answer and is not followed'),
    ],
  },
  {
    id: '76',
    title: 'Answers without an end',
    tests: [egress('of more than 5 MB are cut there', 'that never end are cut at the deadline, also when a byte comes now and then')],
  },
  {
    id: '77',
    title: 'The log tampered with by a superuser',
    tests: [
      tampering('finds %s, ${times} of ${times} times, and names the first bad number', 'is silent about ${times} clean exports'),
      tampering(
        'without the seals from outside still finds all but a tail that was cut and a log that was written anew with the stolen key',
      ),
    ],
  },
  { id: '79', title: 'Forged proofs', tests: [tampering('finds %s, ${times} of ${times} times, and names the first bad number')] },
  {
    id: '81',
    title: 'The log under load',
    tests: [seals('seals what 32 writers write at once, each entry once')],
    open: 'the lag is measured by `waybill bench audit`, and depends on the machine',
  },
  {
    id: '82',
    title: 'Fifty canaries',
    tests: [secrets('stand in no log, no row, no answer, and no problem')],
  },
  {
    id: '83',
    title: 'Key rotation',
    tests: [secrets('opens every secret before, meanwhile and after, and then without the old key')],
  },
  {
    id: '84',
    title: 'Ciphertext moved or flipped',
    tests: [secrets('does not open, whichever bit it was, and says so without a word of it')],
  },
  {
    id: '85',
    title: 'Formulas in exports',
    tests: [
      exported('that begins like a formula has an apostrophe: %j'),
      // Where LibreOffice is installed; it is too large for CI.
      { file: 'apps/engine/test/spreadsheet.test.ts', titles: ['takes a cell for a formula where nothing was done about it'] },
    ],
  },
  {
    id: '86',
    title: 'Stored scripts',
    tests: [inBrowser('stand as text: $name', 'leave every other room as it is: $name', 'do nothing in an address')],
  },
  {
    id: '87',
    title: 'Erasure',
    tests: [
      {
        file: 'apps/engine/test/erasure.test.ts',
        titles: [
          'leaves nothing personal of a hundred customers, and every sum and every audit entry as it was',
          'waits for what is on its way',
        ],
      },
    ],
  },
];

/** What the page says of one: the tests, and what is left. */
export const wordsOf = ({ tests, open }: Proof): { where: string; open: string } => ({
  where: [...new Set(tests.map(({ file }) => file.split('/').at(-1)!))].map((file) => `\`${file}\``).join(', '),
  open: open ?? '',
});
