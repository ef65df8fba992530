import { permissionsOf, roles, type Permission, type RoleName } from './permissions.js';

/** Two things that one person should not both be able to do, and why. */
interface Segregated {
  one: Permission;
  other: Permission;
  why: string;
}

/**
 * Segregation of duties. The engine refuses the approval of what somebody made or last edited, whatever their roles; these pairs are told when
 * roles are given, because two people are still better than one who has to be refused.
 */
export const segregated: readonly Segregated[] = [
  { one: 'mapping.write', other: 'approval.decide', why: 'write a mapping and approve documents that mappings make' },
  { one: 'flow.write', other: 'approval.decide', why: 'change the rule that asks for an approval and decide it' },
  { one: 'table.write', other: 'approval.decide', why: 'write the table rows that decide amounts and accounts, and approve the documents' },
  { one: 'flow.govern', other: 'flow.write', why: 'change a flow and decide that nobody need approve it' },
  { one: 'table.govern', other: 'table.write', why: 'write the rows of a table and decide that nobody need approve them' },
  { one: 'message.replay', other: 'approval.decide', why: 'send a document again and approve it' },
  { one: 'payload.edit', other: 'approval.decide', why: 'correct fields of a document and approve the edit' },
  { one: 'access.write', other: 'approval.decide', why: 'give out roles and approve documents' },
  { one: 'connection.write', other: 'approval.decide', why: 'point a connection elsewhere and approve what is sent there' },
  { one: 'control.work', other: 'control.review', why: 'accept the gaps of a control and sign them off' },
];

export interface Conflict {
  /** Roles that bring the two together; one alone when it has both by design. */
  roles: RoleName[];
  permissions: [Permission, Permission];
  sentence: string;
}

const brings = (names: readonly RoleName[], permission: Permission): RoleName[] =>
  names.filter((name) => (roles[name].permissions as readonly Permission[]).includes(permission));

/** What the roles of one person must not do together; one conflict for each pair of roles, with all that it allows. */
export function conflictsOf(names: readonly string[]): Conflict[] {
  const known = names.filter((name): name is RoleName => Object.hasOwn(roles, name));
  const all = permissionsOf(known);
  return segregated
    .filter(({ one, other }) => all.has(one) && all.has(other))
    .map(({ one, other, why }) => {
      const both = brings(known, one).filter((name) => brings(known, other).includes(name));
      const together = both.length > 0 ? both : [...new Set([...brings(known, one), ...brings(known, other)])];
      return { roles: together, permissions: [one, other], sentence: `${titles(together)} may ${why}.` };
    });
}

const titles = (names: readonly RoleName[]): string =>
  names.length === 1 ? `${article(names[0]!)} alone` : `${names.map((name) => roles[name].title).join(' and ')} together`;
const article = (name: RoleName): string => `The role ${roles[name].title}`;
