/** Fields that several rooms of the catalog say. */
import { Type } from '@sinclair/typebox';
import { Id, Instant, Maybe, Name, ProblemItem } from '../platform/http/fields.js';

export const NameParam = Type.Object({ name: Name('Its name') });
export const Note = Type.Optional(Type.String({ maxLength: 500, description: 'Why; kept with the version' }));
export const Version = Type.Object({
  version: Type.Integer(),
  hash: Type.String(),
  note: Maybe(Type.String()),
  createdAt: Instant('When'),
  createdBy: Type.String(),
});
export const AsDraft = Type.Optional(
  Type.Boolean({ description: 'Live nowhere yet: to be compared, approved, shared and made live later' }),
);
export const Drafts = Type.Array(Type.Object({ flow: Type.String(), releaseId: Id('rel', 'The release'), version: Type.Integer() }), {
  description: 'Releases that wait as drafts',
});
export const CheckResult = Type.Object({ ok: Type.Boolean(), problems: Type.Array(ProblemItem) });
