import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Given {
  redirectUri: string;
  challenge: string | null;
  scopes: string[];
}

/** An authorization server of a vendor that speaks as Xero's and Intuit's do: a page, a token endpoint with rotating refresh tokens, a list of organisations. */
export class ConsentDouble {
  readonly client = { id: 'app-of-the-bench', secret: 'app-secret-of-the-bench-77aa' };
  /** The redirect URIs that are entered at the app, letter by letter. */
  redirectUris: string[] = [];
  /** What a person at the page decides. */
  person: 'agrees' | 'refuses' = 'agrees';
  tenants = [{ tenantId: 'aef86862-2015-4b6b-88bc-d89032cecc50', tenantType: 'ORGANISATION', tenantName: 'Umbrella US' }];
  realmId = '9130357';
  scopesTold: string | undefined;
  staysAway = false;
  readonly tokenRequests: Record<string, string>[] = [];
  readonly issued: string[] = [];
  private readonly codes = new Map<string, Given>();
  private refreshToken = '';
  private serial = 0;

  private constructor(
    readonly url: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<ConsentDouble> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', double.url);
        const { status, headers, body } = double.answer(url, request.headers.authorization ?? '', Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body ?? {}));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const double = new ConsentDouble(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });
    return double;
  }

  stop(): Promise<void> {
    return this.close();
  }

  /** What a browser does at the vendor: opens the address, and comes back with what stands behind the `?`. */
  async visit(address: string): Promise<string> {
    const response = await fetch(address, { redirect: 'manual' });
    const to = response.headers.get('location');
    if (to === null) throw new Error(`the page showed ${response.status} ${await response.text()}`);
    return new URL(to).search.slice(1);
  }

  /** The person takes the app's access away. */
  revoke(): void {
    this.refreshToken = '';
  }

  private answer(url: URL, authorization: string, body: string): { status: number; headers?: Record<string, string>; body?: unknown } {
    if (url.pathname === '/authorize') return this.page(url.searchParams);
    if (url.pathname === '/token') return this.token(authorization, Object.fromEntries(new URLSearchParams(body)));
    if (url.pathname === '/connections')
      return this.issued.includes(authorization.replace('Bearer ', '')) ? { status: 200, body: this.tenants } : { status: 401 };
    return { status: 404 };
  }

  private page(asked: URLSearchParams) {
    const redirectUri = asked.get('redirect_uri') ?? '';
    // Never sends anybody to an address that is not entered at the app.
    if (asked.get('client_id') !== this.client.id || !this.redirectUris.includes(redirectUri) || asked.get('response_type') !== 'code')
      return { status: 400, body: { error: 'invalid_request', redirectUri } };
    const to = new URL(redirectUri);
    to.searchParams.set('state', asked.get('state') ?? '');
    if (this.person === 'refuses') {
      to.searchParams.set('error', 'access_denied');
      to.searchParams.set('error_description', '<b>call 0800 555</b>');
      return { status: 302, headers: { location: to.href } };
    }
    const code = `code.${(this.serial += 1)}.abc`;
    this.codes.set(code, { redirectUri, challenge: asked.get('code_challenge'), scopes: (asked.get('scope') ?? '').split(' ') });
    to.searchParams.set('code', code);
    to.searchParams.set('realmId', this.realmId);
    return { status: 302, headers: { location: to.href } };
  }

  private token(authorization: string, form: Record<string, string>) {
    this.tokenRequests.push(form);
    const refused = (error: string, status = 400) => ({ status, body: { error } });
    if (authorization !== `Basic ${Buffer.from(`${this.client.id}:${this.client.secret}`).toString('base64')}`)
      return refused('invalid_client', 401);
    if (form['grant_type'] === 'refresh_token') {
      if (this.refreshToken === '' || form['refresh_token'] !== this.refreshToken) return refused('invalid_grant');
      return this.issue();
    }
    const given = this.codes.get(form['code'] ?? '');
    this.codes.delete(form['code'] ?? '');
    const proof = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url');
    if (!given || given.redirectUri !== form['redirect_uri'] || (given.challenge !== null && given.challenge !== proof))
      return refused('invalid_grant');
    return this.issue(this.scopesTold ?? given.scopes.join(' '));
  }

  private issue(scope?: string) {
    this.serial += 1;
    const token = `access-of-the-consent-${this.serial}`;
    this.issued.push(token);
    this.refreshToken = `refresh-of-the-consent-${this.serial}`;
    return {
      status: 200,
      body: {
        access_token: token,
        expires_in: 1800,
        token_type: 'Bearer',
        ...(this.staysAway ? {} : { refresh_token: this.refreshToken }),
        ...(scope === undefined ? {} : { scope }),
      },
    };
  }
}
