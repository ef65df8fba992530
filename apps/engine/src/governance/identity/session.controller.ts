import { Controller, Inject } from '@nestjs/common';
import { parse, serialize } from 'cookie';
import type { Settings } from '../../config/index.js';
import { In, Route, type Caller, type Input, type RouteSpec } from '../../platform/http/index.js';
import { Mailer } from '../../platform/mail/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { cookieOf, type cookies } from '../access/access.guard.js';
import { governanceRoutes as routes } from '../routes.js';
import { LinkStore } from './links.store.js';
import { attemptMinutes, ProviderStore } from './provider.store.js';
import type { Origin } from './sessions.store.js';
import { SignInStore } from './sign-in.store.js';

type Request = Pick<Input<RouteSpec>, 'request' | 'reply'>;
const deviceSeconds = 180 * 24 * 3600;

/** Coming in and going out: everything here but the last routes is for people whom nobody knows yet. */
@Controller()
export class SessionController {
  constructor(
    @Inject(SignInStore) private readonly signIns: SignInStore,
    @Inject(ProviderStore) private readonly provider: ProviderStore,
    @Inject(LinkStore) private readonly links: LinkStore,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Route(routes.getSignInWays)
  getSignInWays() {
    const { title } = this.provider;
    return { provider: title === undefined ? null : { title }, mail: this.mailer.isOn };
  }

  @Route(routes.signIn)
  async signIn(@In() input: Input<typeof routes.signIn>) {
    const from = { ...originOf(input), deviceToken: this.cookie(input, 'device') };
    const { token, caller, deviceToken } = await this.signIns.signIn(input.body, from, input.actor);
    this.setCookie(input, 'session', token);
    if (deviceToken !== undefined) this.setCookie(input, 'device', deviceToken, deviceSeconds);
    return this.show(caller);
  }

  @Route(routes.beginProviderSignIn)
  async beginProviderSignIn(@In() input: Input<typeof routes.beginProviderSignIn>) {
    const { address, attempt } = await this.provider.begin();
    this.setCookie(input, 'attempt', attempt, attemptMinutes * 60);
    return { address };
  }

  @Route(routes.finishProviderSignIn)
  async finishProviderSignIn(@In() input: Input<typeof routes.finishProviderSignIn>) {
    const { token, caller } = await this.provider.finish(input.body.search, this.cookie(input, 'attempt'), originOf(input), input.actor);
    this.setCookie(input, 'attempt', '', 0);
    this.setCookie(input, 'session', token);
    return this.show(caller);
  }

  @Route(routes.requestReset)
  async requestReset(@In() input: Input<typeof routes.requestReset>) {
    await this.links.forgotten(input.body.email, input.request.ip);
    return { done: true };
  }

  @Route(routes.readLink)
  readLink(@In() input: Input<typeof routes.readLink>) {
    return this.links.read(input.body.token);
  }

  @Route(routes.useLink)
  useLink(@In() input: Input<typeof routes.useLink>) {
    return this.links.use(input.body.token, input.body.password, input.actor);
  }

  @Route(routes.getSession)
  getSession(@In() input: Input<typeof routes.getSession>) {
    return this.show(input.caller);
  }

  @Route(routes.signOut)
  async signOut(@In() input: Input<typeof routes.signOut>) {
    await this.signIns.signOut(input.caller, input.actor);
    this.setCookie(input, 'session', '', 0);
    return { ended: true };
  }

  @Route(routes.changePassword)
  async changePassword(@In() input: Input<typeof routes.changePassword>) {
    const { current, next } = input.body;
    const { token } = await this.signIns.changePassword(input.caller, current, next, originOf(input), input.actor);
    this.setCookie(input, 'session', token);
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

  private cookie({ request }: Request, kind: keyof typeof cookies): string | undefined {
    return parse(request.headers.cookie ?? '')[cookieOf(kind, request, this.settings.publicUrl).name];
  }

  /** Without `maxAge` it lives as long as the browser is open; 0 takes it away. */
  private setCookie({ request, reply }: Request, kind: keyof typeof cookies, value: string, maxAge?: number): void {
    const { name, secure } = cookieOf(kind, request, this.settings.publicUrl);
    const cookie = serialize(name, value, {
      httpOnly: true,
      secure,
      sameSite: 'lax',
      path: '/',
      ...(maxAge === undefined ? {} : { maxAge }),
    });
    void reply.header('set-cookie', cookie); // Fastify adds one cookie to another by itself
  }
}

export const originOf = ({ request }: Pick<Request, 'request'>): Origin => ({
  address: request.ip,
  device: request.headers['user-agent'],
});
