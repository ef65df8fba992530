import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { parse } from 'cookie';
import { routeMetadata, type RouteSpec, type WaybillRequest } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import type { Settings } from '../../config/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { KeyStore } from '../identity/keys.store.js';
import { SessionStore } from '../identity/sessions.store.js';
import { permissions } from './permissions.js';

/** The names of our cookies. The prefix makes the browser refuse one that another host, a path or plain http tries to plant. */
export const cookies = { session: 'waybill_session', device: 'waybill_device', attempt: 'waybill_attempt' } as const;

/** On a secure origin (https, also behind a proxy when WAYBILL_PUBLIC_URL says so, or loopback) the cookie is bound to the host; elsewhere the browser would not take that name. */
export const cookieOf = (
  kind: keyof typeof cookies,
  request: WaybillRequest,
  publicUrl: string | undefined,
): { name: string; secure: boolean } => {
  const host = request.hostname.split(':')[0] ?? '';
  const secure =
    publicUrl?.startsWith('https:') === true ||
    request.protocol === 'https' ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.startsWith('127.') ||
    host === '[::1]';
  return { name: `${secure ? '__Host-' : ''}${cookies[kind]}`, secure };
};

/** Who calls, and may they? Every handler carries a route of the contract; one without is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(KeyStore) private readonly keys: KeyStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = Reflect.getMetadata(routeMetadata, context.getHandler()) as RouteSpec | undefined;
    if (!route) throw new Problem('NOT_FOUND', 'There is nothing at this address.');
    const request = context.switchToHttp().getRequest<WaybillRequest>();
    if (route.ownPagesOnly) refuseForeignOrigin(request);
    if (route.permission === 'public') return true;
    const caller = await this.callerOf(request);
    if (!caller) throw new Problem('UNAUTHENTICATED', 'This needs a session or an API key.');
    request.caller = caller;
    if (route.permission === 'signed-in' || caller.permissions.has(route.permission)) return true;
    const sentence = permissions[route.permission as keyof typeof permissions] ?? route.permission;
    throw new Problem('FORBIDDEN', `${caller.name} may not ${sentence}.`, {
      remedy: `Ask an administrator for a role with ${route.permission}.`,
    });
  }

  private async callerOf(request: WaybillRequest) {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme?.toLowerCase() === 'bearer' && token) return this.keys.callerOf(token);
    const cookie = parse(request.headers.cookie ?? '')[cookieOf('session', request, this.settings.publicUrl).name];
    if (!cookie) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeignOrigin(request);
    return this.sessions.callerOf(cookie);
  }
}

/** A browser's write must carry our header, which no form can send, and come from our own origin. */
export function refuseForeignOrigin(request: WaybillRequest): void {
  const origin = request.headers.origin;
  const own = origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
  // Where the browser says so itself, it counts too: an origin can be left out, this cannot be forged by a page.
  const site = request.headers['sec-fetch-site'];
  const elsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (!own || elsewhere || request.headers['x-waybill-request'] === undefined)
    throw new Problem('CSRF_REFUSED', 'A write with a session cookie needs the header X-Waybill-Request and our own origin.');
}
