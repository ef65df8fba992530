import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/** What an entry says, without its time. Format 2; format 1, of the first releases, had neither time nor format in its leaf. */
export interface Said {
  id: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  objectKind: string;
  objectId: string;
  summary: string;
  reason: string | null;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

export const leafFormat = 2;

/**
 * The RFC 8785 text of an entry, cut where its time goes. The time is the database's, known only inside the statement that inserts the entry, so that
 * statement puts the three together and hashes them: `before + time + after`. Members stand in the order of their names, `at` among them.
 */
export function aroundTime(said: Said): { before: string; after: string } {
  const members = Object.entries({ ...said, format: leafFormat });
  const [first, last] = [members.filter(([name]) => name < 'at'), members.filter(([name]) => name > 'at')];
  const before = canonicalize(Object.fromEntries(first));
  return { before: `${before.slice(0, -1)},"at":"`, after: `",${canonicalize(Object.fromEntries(last)).slice(1)}` };
}

/** SHA-256 over a zero byte and the text: leaves, nodes, seals and manifests begin with different bytes, so none can be passed off for another. */
export const leafOfText = (text: string): Buffer =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest();
