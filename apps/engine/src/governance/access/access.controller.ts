import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import { IdentityStore } from '../identity/identity.store.js';
import { governanceRoutes as routes } from '../routes.js';
import { permissions, roles } from './permissions.js';

@Controller()
export class AccessController {
  constructor(@Inject(IdentityStore) private readonly identity: IdentityStore) {}

  @Route(routes.listUsers)
  async listUsers() {
    return { items: await this.identity.listUsers(), next: null };
  }

  @Route(routes.createUser)
  createUser(@In() input: Input<typeof routes.createUser>) {
    return this.identity.createUser(input.body, input.actor);
  }

  @Route(routes.changeUser)
  changeUser(@In() input: Input<typeof routes.changeUser>) {
    return this.identity.changeUser(input.params.id, input.body, input.actor);
  }

  @Route(routes.listRoles)
  listRoles() {
    const items = Object.entries(roles).map(([name, role]) => ({
      name,
      title: role.title,
      summary: role.summary,
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
    return this.identity.createKey(input.body, input.actor);
  }

  @Route(routes.revokeApiKey)
  revokeApiKey(@In() input: Input<typeof routes.revokeApiKey>) {
    return this.identity.revokeKey(input.params.id, input.actor);
  }
}
