// A certified OpenID provider in a process of its own, for tests: `node openid-provider.mjs <redirect URI>`. It tells its parent its issuer,
// and takes people from it: { accounts: { ada: { email, groups … } } }. The name is the login; any password will do.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

// It warns of all that a provider for real people must not have; this one has none.
console.warn = () => undefined;
console.info = () => undefined;

let accounts = {};
process.on('message', (said) => {
  accounts = said.accounts;
  process.send({ heard: true });
});
process.on('disconnect', () => process.exit());

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'waybill',
        client_secret: 'secret-of-waybill-at-the-provider',
        redirect_uris: [process.argv[2]],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['a key of the tests'] },
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: (_, id) => (accounts[id] ? { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) } : undefined),
  });
  server.on('request', provider.callback());
  process.send({ issuer });
});
