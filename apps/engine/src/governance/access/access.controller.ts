import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { AuditQueryStore } from '../audit/audit.query.store.js';
import { IdentityStore } from '../identity/identity.store.js';
import { governanceRoutes as routes } from '../routes.js';
import { permissions, roles } from './permissions.js';
import { conflictsOf } from './segregation.js';

/** With which roles this one should not be given to one person; with itself, when it holds both by design. */
const roleConflicts = (name: string) =>
  Object.keys(roles).flatMap((other) => {
    const found = conflictsOf([name, other]).filter(
      (conflict) => conflict.roles.includes(name as never) && conflict.roles.includes(other as never),
    );
    return found.length > 0 ? [{ with: other, sentences: found.map(({ sentence }) => sentence) }] : [];
  });

@Controller()
export class AccessController {
  constructor(
    @Inject(IdentityStore) private readonly identity: IdentityStore,
    @Inject(AuditQueryStore) private readonly audit: AuditQueryStore,
  ) {}

  @Route(routes.listUsers)
  async listUsers() {
    return { items: await this.identity.listUsers(), next: null };
  }

  @Route(routes.createUser)
  createUser(@In() input: Input<typeof routes.createUser>) {
    return this.identity.createUser(input.body, input.caller.scope, input.actor);
  }

  @Route(routes.changeUser)
  changeUser(@In() input: Input<typeof routes.changeUser>) {
    return this.identity.changeUser(input.params.id, input.body, input.caller.scope, input.actor);
  }

  @Route(routes.listRoles)
  listRoles() {
    const items = Object.entries(roles).map(([name, role]) => ({
      name,
      title: role.title,
      summary: role.summary,
      conflicts: roleConflicts(name),
      permissions: role.permissions.map((p) => ({ name: p, sentence: `May ${permissions[p]}` })),
    }));
    return { items, next: null };
  }

  @Route(routes.listApiKeys)
  async listApiKeys() {
    return { items: await this.identity.listKeys(), next: null };
  }

  @Route(routes.createApiKey)
  createApiKey(@In() input: Input<typeof routes.createApiKey>) {
    return this.identity.createKey(input.body, input.caller.scope, input.actor);
  }

  @Route(routes.revokeApiKey)
  revokeApiKey(@In() input: Input<typeof routes.revokeApiKey>) {
    return this.identity.revokeKey(input.params.id, input.actor);
  }

  @Route(routes.listAudit)
  listAudit(@In() input: Input<typeof routes.listAudit>) {
    return this.audit.list(input.query, input.caller.scope);
  }
}
