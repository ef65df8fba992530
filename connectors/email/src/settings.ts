import { misconfigured, ownErrorRows, secret, tlsProperties, type JsonObject, type JsonSchema } from '@waybill/sdk';

const address = { type: 'string', format: 'email', maxLength: 254 } as const;

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['host', 'port', 'from'],
  properties: {
    host: { type: 'string', 'x-destination': true, title: 'Mail server', pattern: '^[^\\s:/]{1,253}$' },
    port: { type: 'integer', 'x-destination': true, title: 'Port', description: '587 for STARTTLS, 465 for TLS.', minimum: 1, maximum: 65_535 },
    security: { enum: ['starttls', 'tls', 'none'], title: 'Encryption', description: 'None: only where the operator allowed the address.', default: 'starttls' },
    ca: tlsProperties.ca,
    username: { type: 'string', title: 'User name', minLength: 1, maxLength: 255 },
    password: secret('Password'),
    from: { ...address, title: 'From', description: 'The address that letters come from.' },
    fromName: { type: 'string', title: 'Name', description: 'Shown beside the address.', pattern: '^[^\\r\\n]{1,100}$' },
    replyTo: { ...address, title: 'Reply to' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

export const text = (settings: JsonObject, name: string): string => (typeof settings[name] === 'string' ? settings[name] : '');
export const securityOf = (settings: JsonObject): 'starttls' | 'tls' | 'none' => {
  const given = settings['security'];
  return given === 'tls' || given === 'none' ? given : 'starttls';
};

/** The sign-in; undefined where the server asks for none. */
export function signInOf(settings: JsonObject): { user: string; pass: string } | undefined {
  const [user, pass] = [text(settings, 'username'), text(settings, 'password')];
  if (user === '' && pass === '') return undefined;
  if (user === '' || pass === '')
    throw misconfigured({ code: 'setting-missing', message: 'Signing in needs a user name and a password.', remedy: 'Fill in both, or neither.' });
  if (securityOf(settings) === 'none')
    throw misconfigured({ code: 'password-in-the-open', message: 'Signing in without encryption would send the password as it is.', remedy: 'Turn encryption on, or sign in nowhere.' });
  return { user, pass };
} // prettier-ignore

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'from') === '' ? undefined : `email/${text(settings, 'from').toLowerCase()}`;
