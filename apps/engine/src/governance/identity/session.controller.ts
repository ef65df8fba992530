import { Controller, Inject } from '@nestjs/common';
import { serialize } from 'cookie';
import type { Settings } from '../../config/index.js';
import { In, Route, type Caller, type Input } from '../../platform/http/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { refuseForeignOrigin, sessionCookie } from '../access/access.guard.js';
import { governanceRoutes as routes } from '../routes.js';
import { IdentityStore } from './identity.store.js';

@Controller()
export class SessionController {
  constructor(
    @Inject(IdentityStore) private readonly identity: IdentityStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Route(routes.signIn)
  async signIn(@In() input: Input<typeof routes.signIn>) {
    refuseForeignOrigin(input.request);
    const { token, caller } = await this.identity.signIn(input.body.email, input.body.password, input.request.ip, input.actor);
    setCookie(input, token, this.settings.publicUrl);
    return this.show(caller);
  }

  @Route(routes.getSession)
  getSession(@In() input: Input<typeof routes.getSession>) {
    return this.show(input.caller);
  }

  @Route(routes.signOut)
  async signOut(@In() input: Input<typeof routes.signOut>) {
    await this.identity.signOut(input.caller, input.actor);
    setCookie(input, '', this.settings.publicUrl);
    return { ended: true };
  }

  @Route(routes.changePassword)
  async changePassword(@In() input: Input<typeof routes.changePassword>) {
    await this.identity.changePassword(input.caller, input.body.current, input.body.next, input.actor);
    return { changed: true };
  }

  private show({ kind, id, name, email, roles, permissions, scope }: Caller) {
    return {
      kind,
      id,
      name,
      email,
      roles,
      permissions: [...permissions].sort(),
      legalEntities: scope.entities === null ? null : [...scope.entities],
      environment: this.settings.environment,
    };
  }
}

function setCookie(
  { request, reply }: Pick<Input<typeof routes.signIn>, 'request' | 'reply'>,
  token: string,
  publicUrl: string | undefined,
): void {
  const { name, secure } = sessionCookie(request, publicUrl);
  void reply.header(
    'set-cookie',
    serialize(name, token, { httpOnly: true, secure, sameSite: 'lax', path: '/', ...(token === '' ? { maxAge: 0 } : {}) }),
  );
}
