import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { IdentityStore } from '../identity/identity.store.js';
import { KeyStore } from '../identity/keys.store.js';
import { LinkStore } from '../identity/links.store.js';
import { refuseUnknownRoles, refuseWiderRights } from '../identity/rights.js';
import { SecondFactorStore } from '../identity/second-factor.store.js';
import { ServiceAccountStore } from '../identity/service-accounts.store.js';
import { SessionStore } from '../identity/sessions.store.js';
import { governanceRoutes as routes } from '../routes.js';
import { permissions, permissionsOf, roles } from './permissions.js';
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
    @Inject(KeyStore) private readonly keys: KeyStore,
    @Inject(ServiceAccountStore) private readonly serviceAccounts: ServiceAccountStore,
    @Inject(LinkStore) private readonly links: LinkStore,
    @Inject(SecondFactorStore) private readonly secondFactor: SecondFactorStore,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  @Route(routes.listUsers)
  listUsers(@In() input: Input<typeof routes.listUsers>) {
    return this.identity.listUsers(input.query);
  }

  @Route(routes.createUser)
  createUser(@In() input: Input<typeof routes.createUser>) {
    refuseUnknownRoles(input.body.roles);
    refuseWiderRights(permissionsOf(input.body.roles), input.caller, '/roles');
    return this.identity.createUser(input.body, input.caller.scope, input.actor);
  }

  @Route(routes.changeUser)
  changeUser(@In() input: Input<typeof routes.changeUser>) {
    refuseUnknownRoles(input.body.roles ?? []);
    refuseWiderRights(permissionsOf(input.body.roles ?? []), input.caller, '/roles');
    return this.identity.changeUser(input.params.id, input.body, input.caller.scope, input.actor);
  }

  @Route(routes.inviteUser)
  inviteUser(@In() input: Input<typeof routes.inviteUser>) {
    return this.links.invite(input.body, input.actor, input.caller);
  }

  @Route(routes.renewUserLink)
  renewUserLink(@In() input: Input<typeof routes.renewUserLink>) {
    return this.links.renew(input.params.id, input.actor, input.caller);
  }

  @Route(routes.resetSecondFactor)
  async resetSecondFactor(@In() input: Input<typeof routes.resetSecondFactor>) {
    await this.secondFactor.reset(input.params.id, input.actor);
    return { done: true };
  }

  @Route(routes.listSessions)
  listSessions(@In() input: Input<typeof routes.listSessions>) {
    return this.sessions.list(input.query, input.caller);
  }

  @Route(routes.endSession)
  async endSession(@In() input: Input<typeof routes.endSession>) {
    await this.sessions.end(input.params.id, input.actor);
    return { done: true };
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
  listApiKeys(@In() input: Input<typeof routes.listApiKeys>) {
    return this.keys.list(input.query);
  }

  @Route(routes.createApiKey)
  createApiKey(@In() input: Input<typeof routes.createApiKey>) {
    return this.keys.create(input.body, input.actor, input.caller);
  }

  @Route(routes.revokeApiKey)
  revokeApiKey(@In() input: Input<typeof routes.revokeApiKey>) {
    return this.keys.revoke(input.params.id, input.actor);
  }

  @Route(routes.rotateApiKey)
  rotateApiKey(@In() input: Input<typeof routes.rotateApiKey>) {
    return this.keys.rotate(input.params.id, input.body, input.actor, input.caller);
  }

  @Route(routes.listServiceAccounts)
  async listServiceAccounts() {
    return { items: await this.serviceAccounts.list(), next: null };
  }

  @Route(routes.createServiceAccount)
  createServiceAccount(@In() input: Input<typeof routes.createServiceAccount>) {
    return this.serviceAccounts.create(input.body, input.actor, input.caller);
  }

  @Route(routes.changeServiceAccount)
  changeServiceAccount(@In() input: Input<typeof routes.changeServiceAccount>) {
    return this.serviceAccounts.change(input.params.id, input.body, input.actor, input.caller);
  }
}
